import type { CallKey, PeerKey, Phase, RequestId, TimerName, Why } from '@mcp-lifeline/core';

/** One of our calls that is open. */
export interface OurCall {
  readonly key: CallKey;
  readonly id: RequestId;
  /** It asked for progress. */
  readonly hasToken: boolean;
  /** The last progress that came; null before the first. */
  readonly progress: number | null;
  /** It asks for a task, which is cancelled in a way of its own. */
  readonly isTask: boolean;
}

/**
 * A request of ours that nobody waits for. `late`: its answer may still come. `lateTask`: the same, and that may be a task.
 * `task`: it was answered with a task, which may still make progress.
 */
export interface GivenUp {
  readonly id: RequestId;
  readonly as: 'late' | 'lateTask' | 'task';
}

/** One of their requests that a handler works on. */
export interface TheirRequest {
  readonly key: PeerKey;
  readonly id: RequestId;
  /** The batch it came in; null when it came alone. */
  readonly batch: number | null;
  /** The last that came under this id: the one whom a cancellation means. */
  readonly isNewest: boolean;
  readonly token: RequestId | null;
  /** The last progress that was told; null before the first. */
  readonly progress: number | null;
}

/** A batch of which a handler works on a member. */
export interface OpenBatch {
  readonly name: number;
  /** The ids of all that will be answered together. */
  readonly owed: readonly RequestId[];
}

/** A timer that is armed. `generation` is 0 where generations are given again. */
export interface Armed {
  readonly name: TimerName;
  readonly generation: number;
}

/**
 * What taps at one end of a session know of it: from what came in, was asked for and was done, never from the core's own state.
 *
 * What is settled is forgotten, so that there are no more views than a session has states.
 */
export interface SessionView {
  readonly phase: Phase;
  /** A client was asked to begin; a server begins by itself. */
  readonly started: boolean;
  /** Why it ends, as it was first told. */
  readonly why: Why | null;
  /** Writing has not failed. */
  readonly writable: boolean;
  /** What the channel was told. */
  readonly channel: 'unopened' | 'open' | 'graceful' | 'now';
  readonly cleaning: boolean;
  /** Its application asked for the end. */
  readonly asked: boolean;
  /** 128 and the number of the last signal. */
  readonly signal: number | null;
  /** Our `initialize` that is not answered. */
  readonly initializeId: RequestId | null;
  /** The ping of keepalive that is not answered. */
  readonly pingId: RequestId | null;
  /** How many of these in a row stayed unanswered. */
  readonly misses: number;
  /** The highest of our ids so far; 0 where ids are given again. */
  readonly lastId: number;
  /** In the order of sending. */
  readonly calls: readonly OurCall[];
  /** In the order of their ids. */
  readonly givenUp: readonly GivenUp[];
  /** In the order of arrival. */
  readonly requests: readonly TheirRequest[];
  /** The ids of their requests whose answer was not sent. */
  readonly owed: readonly RequestId[];
  readonly batches: readonly OpenBatch[];
  /** In the order of their names. */
  readonly armed: readonly Armed[];
  readonly revision: string | null;
  /** The capabilities of the peer and their members, by their paths such as `tools.listChanged`, sorted. */
  readonly declared: readonly string[];
}

/** Nothing happened yet to a client. */
export const NEW_CLIENT: SessionView = {
  phase: 'opening',
  started: false,
  why: null,
  writable: true,
  channel: 'unopened',
  cleaning: false,
  asked: false,
  signal: null,
  initializeId: null,
  pingId: null,
  misses: 0,
  lastId: 0,
  calls: [],
  givenUp: [],
  requests: [],
  owed: [],
  batches: [],
  armed: [],
  revision: null,
  declared: [],
};

/** Nothing happened yet to a server: its channel opens as it begins. */
export const NEW_SERVER: SessionView = { ...NEW_CLIENT, started: true, channel: 'open' };

/** Where a session is in its life, as its taps can tell. */
export type Stage =
  | 'idle'
  | 'opening'
  | 'negotiating'
  | 'ready'
  /** A client cannot write any more; what comes in counts. */
  | 'hearingOut'
  /** A client told its channel to end, gracefully or now. */
  | 'leaving'
  | 'forced'
  | 'listening'
  | 'answered'
  /** A server lets its handlers finish. */
  | 'finishing'
  /** A server cleans up. */
  | 'draining'
  | 'closed';

/** Where it is. */
export function stageOf(role: 'client' | 'server', view: SessionView): Stage {
  const { phase } = view;
  if (phase === 'ready' || phase === 'closed') return phase;
  if (role === 'server') {
    if (phase === 'closing') return view.cleaning ? 'draining' : 'finishing';
    return phase === 'opening' ? 'listening' : 'answered';
  }
  if (phase === 'opening') return view.started ? 'opening' : 'idle';
  if (phase === 'negotiating') return phase;
  if (view.channel === 'graceful') return 'leaving';
  return view.channel === 'now' ? 'forced' : 'hearingOut';
}

/** The stages in which what comes in counts. */
export const HEARING: readonly Stage[] = ['negotiating', 'ready', 'hearingOut', 'listening', 'answered', 'finishing'];

/** The stages in which requests of the peer are answered. */
export const ANSWERING: readonly Stage[] = ['negotiating', 'ready', 'listening', 'answered', 'finishing'];

/** The stages from which an end is still to begin. */
export const ALIVE: readonly Stage[] = ['opening', 'negotiating', 'ready', 'listening', 'answered'];
