import type { ClientConfig, Json, Params, ServerConfig } from '@mcp-lifeline/core';
import type { ProcessConfig } from '@mcp-lifeline/core/process';

/** One end of a session. */
export type Side = 'client' | 'server';

/** What can be saved and restored: one end of a session, or the host of the server's process. */
export type Part = Side | 'host';

/**
 * How messages pass. `reference`: as they are, frozen. `json`: written as JSON and read again. `bytes`: as lines of UTF-8
 * that arrive in pieces.
 */
export type LinkKind = 'reference' | 'json' | 'bytes';

/** Something that the server's process started, and how long it holds the process's output open. */
export type Descendant = 'none' | 'untilTerm' | 'untilKill' | 'forever';

/** Two honest cores, whose applications keep the rules. */
export interface PairWorld {
  readonly kind: 'pair';
  readonly link: LinkKind;
  /** `process`: the client leads the server's process, as over stdio. `page`: both live in one process, which stays. */
  readonly host: 'process' | 'page';
  readonly descendant: Descendant;
  /** What differs from {@link CLIENT_BASE}, {@link SERVER_BASE} and {@link LADDER}. */
  readonly client: Partial<ClientConfig>;
  readonly server: Partial<ServerConfig>;
}

/** One core whose peer keeps no rule. */
export interface LoneWorld {
  readonly kind: 'lone';
  readonly link: LinkKind;
  readonly role: Side;
  readonly config: Partial<ClientConfig> | Partial<ServerConfig>;
}

/** Where a core lives. */
export type World = PairWorld | LoneWorld;

/** A call of an application. */
export interface Call {
  readonly method: string;
  readonly asksForTask: boolean;
  readonly wantsProgress: boolean;
  readonly timeoutMs: number;
}

/** What an application may not do, whatever the state. */
export type Misuse =
  | 'initialize'
  | 'usedKey'
  | 'ownNotification'
  | 'endlessProgress'
  | 'badDeadline'
  | 'noTime'
  | 'otherRole';

/** What a peer that keeps no rule comes up with; `nth` counts back from the newest request that it was sent. */
export type Saying =
  | {
      readonly as: 'answer';
      readonly nth: number;
      readonly how: 'result' | 'error' | 'task' | 'malformed' | 'both' | 'asText' | 'idless';
    }
  | { readonly as: 'progress'; readonly nth: number; readonly progress: number; readonly asText: boolean }
  | { readonly as: 'request'; readonly id: Json; readonly method: string; readonly token: Json }
  | { readonly as: 'cancel'; readonly id: Json }
  | { readonly as: 'notification'; readonly method: string }
  | { readonly as: 'handshake'; readonly version: string; readonly isSound: boolean }
  | { readonly as: 'initialized' }
  /** Any value at all. */
  | { readonly as: 'value'; readonly json: Json }
  /** What no JSON text can carry, and a link by reference can. */
  | { readonly as: 'odd'; readonly what: 'undefined' | 'nan' | 'function' | 'holes' };

/**
 * What may happen next. What cannot happen now is passed over; `nth` picks among what there is, counted round. `lateMs`,
 * `ms` and `shiftMs` in ms.
 */
export type Move =
  /** A new session, where none is open; `isShaken`: it is led through its handshake first. */
  | { readonly type: 'reopen'; readonly isShaken: boolean }
  /**
   * The next messages arrive; over bytes `cut` more bytes than they have, or fewer, in pieces of `every` (0: in one). An end
   * that stands behind the last message arrives with the first `deliver` that finds nothing before it.
   */
  | {
      readonly type: 'deliver';
      readonly to: Side;
      readonly count: number;
      readonly cut: number;
      readonly every: number;
    }
  /** The next messages arrive as one batch, where the session has batches. */
  | { readonly type: 'deliverBatch'; readonly to: Side; readonly count: number }
  /** Something that is no message stands behind what was sent so far. */
  | { readonly type: 'garble'; readonly to: Side; readonly text: string }
  /** What an effect asked for is done; what may fail does where it `fails`. */
  | { readonly type: 'complete'; readonly part: Part; readonly nth: number; readonly fails: boolean }
  /** A timer runs out, however far the clock has to move for that, and that much later (or, below 0, earlier). */
  | { readonly type: 'expire'; readonly part: Part; readonly nth: number; readonly lateMs: number }
  /** An expiry comes that was queued before its timer was disarmed, armed anew, or ran out. */
  | { readonly type: 'expireStale'; readonly part: Part; readonly nth: number }
  /** Time passes and no timer is looked at; below 0 the clock goes back. */
  | { readonly type: 'wait'; readonly ms: number }
  /** Saved, written as JSON, read again and restored, on a clock that is `shiftMs` ahead of the one so far. */
  | { readonly type: 'restore'; readonly part: Part; readonly shiftMs: number }
  | { readonly type: 'start' }
  | { readonly type: 'call'; readonly side: Side; readonly call: Call }
  | { readonly type: 'cancel'; readonly side: Side; readonly nth: number }
  | { readonly type: 'notify'; readonly side: Side; readonly method: string }
  | { readonly type: 'progress'; readonly side: Side; readonly nth: number; readonly goesBack: boolean }
  | { readonly type: 'answer'; readonly side: Side; readonly nth: number; readonly fails: boolean }
  | { readonly type: 'close' | 'kill'; readonly side: Side }
  /** Something that no state allows is asked for. */
  | { readonly type: 'misuse'; readonly side: Side; readonly how: Misuse }
  | { readonly type: 'signal'; readonly signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP' }
  | { readonly type: 'uncaught' }
  /** A side can write no more. */
  | { readonly type: 'breakPipe'; readonly side: Side }
  /** The other end is gone, and the last `lost` of what it sent (messages, or bytes) with it. */
  | { readonly type: 'crash'; readonly lost: number }
  /** The peer of a lone core, or the server's process, sends no more and lives on. */
  | { readonly type: 'end' }
  /** The peer of a lone core speaks: each of `sayings` alone, or all of them as one batch. */
  | { readonly type: 'speak'; readonly sayings: readonly Saying[]; readonly isBatch: boolean }
  /** The peer of a lone core sends these bytes, as hexadecimal digits; they need not be whole lines. */
  | { readonly type: 'speakBytes'; readonly hex: string };

/** All that decides how one run goes, as plain data: what a failure shows, and what the corpus keeps. */
export interface Case {
  readonly format: 1;
  readonly world: World;
  readonly moves: readonly Move[];
}

/** Everything that a client can declare. */
export const CLIENT_CAPABILITIES: Params = {
  roots: { listChanged: true },
  sampling: {},
  elicitation: { form: {}, url: {} },
  tasks: { list: {}, cancel: {}, requests: { sampling: { createMessage: {} }, elicitation: { create: {} } } },
};

/** Everything that a server can declare. */
export const SERVER_CAPABILITIES: Params = {
  tools: { listChanged: true },
  prompts: { listChanged: true },
  resources: { subscribe: true, listChanged: true },
  logging: {},
  completions: {},
  tasks: { list: {}, cancel: {}, requests: { tools: { call: {} } } },
};

/** Small bounds and short times, so that all of them are met. */
const COMMON_BASE = {
  revisions: ['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'],
  requestTimeoutMs: 500,
  maxTotalTimeoutMs: 1_200,
  keepaliveMs: null,
  pongMs: 100,
  misses: 2,
  maxCalls: 4,
  maxPeerRequests: 4,
  maxBatch: 6,
} as const;

/** A client, but for what a case changes. */
export const CLIENT_BASE: ClientConfig = {
  role: 'client',
  ...COMMON_BASE,
  info: { name: 'client', version: '1' },
  capabilities: CLIENT_CAPABILITIES,
  startupMs: 2_000,
  slowStartMs: 500,
  hearOutMs: 250,
  closingMs: 3_000,
};

/** A server, but for what a case changes. */
export const SERVER_BASE: ServerConfig = {
  role: 'server',
  ...COMMON_BASE,
  info: { name: 'server', version: '1' },
  capabilities: SERVER_CAPABILITIES,
  drainMs: 0,
  cleanUpMs: 300,
};

/** The budgets of the closing ladder. */
export const LADDER: ProcessConfig = { drainMs: 250, graceMs: 400, termMs: 400, reapMs: 400 };
