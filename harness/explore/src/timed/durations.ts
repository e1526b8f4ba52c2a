import { CLIENT_DEFAULTS, type ClientConfig, SERVER_DEFAULTS, type ServerConfig } from '@mcp-lifeline/core';
import type { ProcessConfig } from '@mcp-lifeline/core/process';

// No two of a role are alike, and none is the sum of others, so that a mix-up shows.

interface Watching {
  readonly keepaliveMs: number;
}

const COMMON = {
  info: { name: 'timed', version: '0' },
  requestTimeoutMs: 13_007,
  maxTotalTimeoutMs: 29_009,
  keepaliveMs: 5_003,
  pongMs: 1_009,
  misses: 3,
} as const;

/** A client whose every option has a duration of its own; keepalive is on. */
export const CLIENT_TIMES: ClientConfig & Watching = {
  ...CLIENT_DEFAULTS,
  ...COMMON,
  startupMs: 41_017,
  slowStartMs: 7_001,
  hearOutMs: 257,
  closingMs: 3_011,
};

/** A server whose every option has a duration of its own; keepalive is on, and handlers get time. */
export const SERVER_TIMES: ServerConfig & Watching = {
  ...SERVER_DEFAULTS,
  ...COMMON,
  drainMs: 2_003,
  cleanUpMs: 1_511,
};

/** A process each step of whose ladder has a duration of its own. */
export const PROCESS_TIMES: ProcessConfig = { drainMs: 251, graceMs: 2_011, termMs: 3_019, reapMs: 4_027 };

/** Deadlines of calls are looked at in steps of this length (docs/limits.md), in ms. */
export const SWEEP_MS = 50;
