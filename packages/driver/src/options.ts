import {
  CLIENT_DEFAULTS,
  type ClientConfig,
  type Fault,
  type Phase,
  SERVER_DEFAULTS,
  type ServerConfig,
  type Why,
} from '@mcp-lifeline/core';
import type { Clock } from './clock.js';
import type { Handlers } from './handlers.js';
import type { AppTap } from './tap.js';

/** What clients and servers have in common beside the core's own configuration. */
export interface CommonOptions extends Handlers {
  /** By default the clock of this machine. */
  readonly clock?: Clock;
  /** How many calls, notifications and progress may wait for room, or for the handshake; by default 10,000. */
  readonly maxWaiting?: number;
  /**
   * How much urgent messages (answers, cancellations, pings) may add to what is queued already, in the units of the
   * channel; by default 4 times its high-water mark. Behind that the peer does not read, and writing counts as failed.
   */
  readonly maxQueued?: number;
  /** Hears of what is not as it should be, on either side. What it throws is uncaught. */
  readonly onReport?: (fault: Fault) => void;
  /** Hears of each step in the session's life. */
  readonly onPhase?: (phase: Phase, why: Why | undefined) => void;
  /** Records what the application sees. */
  readonly taps?: AppTap;
}

/** How a client behaves: its name, what it can do, its handlers, and what departs from {@link CLIENT_DEFAULTS}. */
export interface ClientOptions
  extends CommonOptions,
    Pick<ClientConfig, 'info'>,
    Partial<Omit<ClientConfig, 'role' | 'info'>> {
  /** Gives up on the start, and closes. Without effect once the session is ready. */
  readonly signal?: AbortSignal;
}

/** How a server behaves: its name, what it can do, its handlers, and what departs from {@link SERVER_DEFAULTS}. */
export interface ServerOptions
  extends CommonOptions,
    Pick<ServerConfig, 'info'>,
    Partial<Omit<ServerConfig, 'role' | 'info'>> {
  /** Runs once on every graceful way out, within `cleanUpMs`. What it throws is reported. */
  readonly cleanUp?: (why: Why) => void | Promise<void>;
  /** The server's process is to end with this code, once what was sent is written. Called at most once. */
  readonly onExit?: (code: number) => void;
}

/** The options with the defaults of the core, which copies what it knows of them. */
export function clientConfig(options: ClientOptions): ClientConfig & ClientOptions {
  return { ...CLIENT_DEFAULTS, ...given(options), role: 'client' };
}

/** The same for a server. */
export function serverConfig(options: ServerOptions): ServerConfig & ServerOptions {
  return { ...SERVER_DEFAULTS, ...given(options), role: 'server' };
}

/** What is undefined was not given: callers without types write it so. */
function given<T extends object>(options: T): T {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T;
}

/** How many may wait. */
export const MAX_WAITING = 10_000;

/** How many times its high-water mark may be queued by what cannot wait. */
export const RESERVE = 4;
