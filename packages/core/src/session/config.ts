import { readDuration } from '../duration.js';
import { LocalProtocolError } from '../local-protocol-error.js';
import type { Params } from '../message.js';
import { isRevision, REVISIONS, type Revision } from '../revision.js';

/** What a client and a server have in common. Durations in ms, finite and at most 2^31 - 1. */
export interface CommonConfig {
  /** Our name and version, as `clientInfo` or `serverInfo`. */
  readonly info: Params;
  readonly capabilities: Params;
  /** What we speak, oldest first and not empty: the last is offered. */
  readonly revisions: readonly Revision[];
  /** From the sending of a call, or its last progress, to giving up on it. */
  readonly requestTimeoutMs: number;
  /** From the sending of a call to giving up on it, whatever progress tells. */
  readonly maxTotalTimeoutMs: number;
  /** How long the peer may be quiet before it is pinged; null: never. */
  readonly keepaliveMs: number | null;
  /** How long the answer to such a ping may take. */
  readonly pongMs: number;
  /** How many pings in a row may stay unanswered before the peer counts as dead. */
  readonly misses: number;
  /** How many of our calls may be open; one more is refused. */
  readonly maxCalls: number;
  /** How many of the peer's requests may be open; one more is answered with an error. */
  readonly maxPeerRequests: number;
  /** How many members a batch may have. */
  readonly maxBatch: number;
}

/** How a client behaves. */
export interface ClientConfig extends CommonConfig {
  readonly role: 'client';
  /** From the start to the complete handshake. */
  readonly startupMs: number;
  /** After how long a start that is still going on is reported. */
  readonly slowStartMs: number;
  /** How long a peer that we cannot write to any more is heard out. */
  readonly hearOutMs: number;
  /** How long a channel may take to close; longer than the ladder of a process. */
  readonly closingMs: number;
}

/** How a server behaves. */
export interface ServerConfig extends CommonConfig {
  readonly role: 'server';
  /** For the model that uses the server; absent: none. */
  readonly instructions?: string;
  /** How long running handlers may go on when the client has left; 0: they are aborted at once. */
  readonly drainMs: number;
  /** How long the clean-up may take. Shorter than the grace that clients give, 2,000. */
  readonly cleanUpMs: number;
}

/** The configuration of a session. */
export type Config = ClientConfig | ServerConfig;

const COMMON = {
  capabilities: {},
  revisions: REVISIONS,
  requestTimeoutMs: 60_000,
  maxTotalTimeoutMs: 600_000,
  keepaliveMs: null,
  pongMs: 15_000,
  misses: 3,
  maxCalls: 65_536,
  maxPeerRequests: 65_536,
  maxBatch: 1_000,
} as const;

/** A client's defaults; reasons in docs/limits.md. */
export const CLIENT_DEFAULTS: Omit<ClientConfig, 'info'> = Object.freeze({
  role: 'client',
  ...COMMON,
  startupMs: 60_000,
  slowStartMs: 10_000,
  hearOutMs: 250,
  closingMs: 60_000,
});

/** A server's defaults; reasons in docs/limits.md. */
export const SERVER_DEFAULTS: Omit<ServerConfig, 'info'> = Object.freeze({
  role: 'server',
  ...COMMON,
  drainMs: 0,
  cleanUpMs: 1_500,
});

/**
 * Checks a configuration, and copies what it knows of it.
 *
 * @throws {LocalProtocolError} naming the first thing that is wrong.
 */
export function readConfig(config: Config): Config {
  const common = readCommon(config);
  if (config.role === 'client') {
    return {
      role: 'client',
      ...common,
      startupMs: readDuration('startupMs', config.startupMs),
      slowStartMs: readDuration('slowStartMs', config.slowStartMs),
      hearOutMs: readDuration('hearOutMs', config.hearOutMs),
      closingMs: readDuration('closingMs', config.closingMs),
    };
  }
  if (config.role !== 'server') throw new LocalProtocolError('role must be "client" or "server"');
  return {
    role: 'server',
    ...common,
    ...(config.instructions === undefined ? {} : { instructions: config.instructions }),
    drainMs: readDuration('drainMs', config.drainMs),
    cleanUpMs: readDuration('cleanUpMs', config.cleanUpMs),
  };
}

function readCommon(config: CommonConfig): CommonConfig {
  return {
    info: readInfo(config.info),
    capabilities: readObject('capabilities', config.capabilities),
    revisions: readRevisions(config.revisions),
    requestTimeoutMs: readDuration('requestTimeoutMs', config.requestTimeoutMs),
    maxTotalTimeoutMs: readDuration('maxTotalTimeoutMs', config.maxTotalTimeoutMs),
    // 0 would ping without a pause, for ever.
    keepaliveMs: config.keepaliveMs === null ? null : readDuration('keepaliveMs', config.keepaliveMs, 1),
    pongMs: readDuration('pongMs', config.pongMs, 1),
    misses: readCount('misses', config.misses),
    maxCalls: readCount('maxCalls', config.maxCalls),
    maxPeerRequests: readCount('maxPeerRequests', config.maxPeerRequests),
    maxBatch: readCount('maxBatch', config.maxBatch),
  };
}

function readCount(name: string, value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 1) return value;
  throw new LocalProtocolError(`${name} must be a positive integer, not ${String(value)}`);
}

function readObject(name: string, value: unknown): Params {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new LocalProtocolError(`${name} must be an object`);
  }
  try {
    return JSON.parse(JSON.stringify(value));
  } catch {
    throw new LocalProtocolError(`${name} must be JSON`);
  }
}

function readInfo(value: unknown): Params {
  const info = readObject('info', value);
  if (typeof info['name'] === 'string' && typeof info['version'] === 'string') return info;
  throw new LocalProtocolError('info must have a name and a version, both strings');
}

function readRevisions(value: unknown): readonly Revision[] {
  if (!Array.isArray(value) || value.length === 0) throw new LocalProtocolError('revisions must name at least one');
  const unknown = value.find((revision) => !isRevision(revision));
  if (unknown !== undefined) throw new LocalProtocolError(`revisions must be out of ${REVISIONS.join(', ')}`);
  return REVISIONS.filter((revision) => value.includes(revision));
}
