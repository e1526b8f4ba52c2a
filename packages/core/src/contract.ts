import type { Json } from './json.js';
import type { ErrorBody, Params, RequestId } from './message.js';
import type { Revision } from './revision.js';

/** The driver's handle of one of OUR requests; never on the wire. Unique within a session. */
export type CallKey = number;

/** The core's handle of one of THEIR requests: two requests with one wire id are two handlers. */
export type PeerKey = number;

/** The timers, at most one armed under each name. The deadlines of all our calls share `calls`. */
export type TimerName =
  | 'startup'
  | 'slowStart'
  | 'keepalive'
  | 'pong'
  | 'calls'
  | 'hearOut'
  | 'drain'
  | 'cleanUp'
  | 'closing';

/** One arming of a timer: an expiry with any other generation than the armed one is stale. */
export interface Timer {
  readonly name: TimerName;
  readonly generation: number;
}

/** The signals that ask a server to leave. */
export type Signal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/** Why a session ends. The first cause stays: what comes later changes nothing. */
export type Why =
  /** The application closed or killed it. */
  | 'asked'
  /** The peer's output ended. */
  | 'peerEnded'
  /** The channel is gone, both halves of it. */
  | 'peerGone'
  /** The channel never opened: there was no peer. */
  | 'neverOpened'
  /** Writing failed. */
  | 'writeFailed'
  /** Too many pings in a row stayed unanswered. */
  | 'silent'
  /** The server answered `initialize` with an error, or with what is no result of it. */
  | 'refused'
  /** The server answered with a revision that this client does not speak. */
  | 'unsupportedRevision'
  /** The handshake was not complete in time. */
  | 'startup'
  /** The server's own process was signalled. */
  | 'signal'
  /** An error in the server's own process that nobody caught. */
  | 'uncaught';

/** Why a call came to nothing; `timeout` counts from the last progress, `maxTotal` from the sending. */
export type Failure =
  | 'timeout'
  | 'maxTotal'
  | 'cancelled'
  /** We closed the session. */
  | 'closed'
  /** The peer went, or fell silent. */
  | 'connectionLost'
  /** It was never sent: not negotiated, too early, or one too many. `detail` says which. */
  | 'refused'
  /** The peer answered with what is no answer. */
  | 'malformedAnswer';

/** How a call ended. `sent`: it may have had an effect, so a retry might repeat it. */
export type Outcome =
  | { readonly ok: true; readonly result: Params }
  | { readonly ok: false; readonly kind: 'peer'; readonly error: ErrorBody }
  | { readonly ok: false; readonly kind: Failure; readonly sent: boolean; readonly detail?: string };

/** What a handler came to. */
export type Answer = { readonly result: Params } | { readonly error: ErrorBody };

/**
 * One thing that happened (past tense) or is asked for (imperative), for a client and a server alike.
 *
 * `now` is monotonic, in ms; one smaller than the last counts as the last.
 */
export type Input = { readonly now: number } & ( // the channel
  | { readonly type: 'opened' }
  /** ONE parsed value; a batch is one value. */
  | { readonly type: 'received'; readonly json: unknown }
  /** What came and was no JSON text; `text` is its beginning. */
  | { readonly type: 'garbled'; readonly why: Garble; readonly text: string; readonly bytes: number }
  /** The peer's last byte was fed before this. */
  | { readonly type: 'ended' }
  /** Our half is dead; theirs may still speak. */
  | { readonly type: 'writeFailed' }
  /** Both halves; the last input that this channel ever gives. */
  | { readonly type: 'gone' }
  // the clock and, in a server, our own process
  /** `heard`: when any byte last came in, in ms on the clock of `now`. */
  | ({ readonly type: 'elapsed'; readonly heard: number } & Timer)
  | { readonly type: 'signalled'; readonly signal: Signal }
  | { readonly type: 'uncaught'; readonly message: string }
  | { readonly type: 'cleanedUp' }
  // the application
  | { readonly type: 'start' }
  | {
      readonly type: 'call';
      readonly key: CallKey;
      readonly method: string;
      readonly params?: Params;
      /** In ms; the configuration's where absent. */
      readonly timeoutMs?: number;
      readonly maxTotalMs?: number;
      /** False: no progress token is sent. */
      readonly wantsProgress?: boolean;
    }
  | { readonly type: 'notify'; readonly method: string; readonly params?: Params }
  | {
      readonly type: 'progress';
      readonly key: PeerKey;
      readonly progress: number;
      readonly total?: number;
      readonly message?: string;
    }
  | { readonly type: 'answer'; readonly key: PeerKey; readonly answer: Answer }
  | { readonly type: 'cancel'; readonly key: CallKey; readonly reason?: string }
  /** Leave gracefully; asked for a second time it is `kill`. */
  | { readonly type: 'close' }
  /** Leave now. */
  | { readonly type: 'kill' }
);

/** Why a piece of input was no JSON text. `cutOff`: it ended before its end was told. */
export type Garble = 'blank' | 'notJson' | 'notUtf8' | 'tooLong' | 'cutOff';

/** One thing to do. A step's effects are done in order and to the end before the next input is stepped. */
export type Effect =
  /** Begin to open the channel; answered by `opened` or `gone`. */
  | { readonly type: 'openChannel' }
  /** `urgent`: answers, cancellations, pings and the handshake, which pass where others wait for room. */
  | { readonly type: 'send'; readonly message: Json; readonly urgent: boolean }
  | { readonly type: 'deliver'; readonly item: Delivery }
  /** Fire the handler's AbortSignal: its answer will be dropped. */
  | { readonly type: 'abort'; readonly key: PeerKey; readonly reason?: string }
  | { readonly type: 'settle'; readonly key: CallKey; readonly outcome: Outcome }
  /** `at` is the absolute due time in ms on the clock of `now`; it replaces an older arming of that name. */
  | ({ readonly type: 'arm'; readonly at: number } & Timer)
  | { readonly type: 'disarm'; readonly name: TimerName }
  /** End the channel; answered by `gone`. Over stdio the process core turns this into its ladder. */
  | { readonly type: 'closeChannel'; readonly mode: 'graceful' | 'now' }
  /** Run the server's clean-up; answered by `cleanedUp`. */
  | { readonly type: 'cleanUp'; readonly why: Why }
  /** End the server's own process, after what was sent is written. The last effect of its life. */
  | { readonly type: 'exit'; readonly code: number }
  | { readonly type: 'phase'; readonly phase: Phase; readonly why?: Why }
  | { readonly type: 'report'; readonly fault: Fault };

/** What the application gets to see. */
export type Delivery =
  | {
      readonly kind: 'request';
      readonly key: PeerKey;
      readonly method: string;
      readonly params?: Params;
      readonly revision: Revision;
      /** Whether the peer wants to hear of progress. */
      readonly wantsProgress: boolean;
    }
  | { readonly kind: 'notification'; readonly method: string; readonly params?: Params }
  | {
      readonly kind: 'progress';
      readonly key: CallKey;
      readonly progress: number;
      readonly total?: number;
      readonly message?: string;
    };

/** Where a session is in its life. */
export type Phase = 'opening' | 'negotiating' | 'ready' | 'closing' | 'closed';

/** What a fault is; codes never change their meaning. */
export type FaultCode =
  | 'garbled'
  | 'invalidMessage'
  | 'unknownAnswer'
  | 'duplicateAnswer'
  | 'malformedAnswer'
  | 'duplicateRequestId'
  | 'earlyRequest'
  | 'secondInitialize'
  | 'undeclared'
  | 'batch'
  | 'tooMany'
  | 'unknownProgress'
  | 'progressNotIncreasing'
  | 'refusedInitialize'
  | 'unsupportedRevision'
  | 'slowStart'
  | 'missedPong'
  | 'notAllowed'
  | 'uncaught'
  | 'stuck';

/** Something that is not as it should be; it changes nothing by itself. */
export interface Fault {
  readonly blame: 'peer' | 'us';
  readonly code: FaultCode;
  /** The clause of the agreed revision (else of the newest) that it breaks. */
  readonly clause?: string;
  /** The machine's state when it was seen, such as `ready.quiet`. */
  readonly state: string;
  readonly expected: string;
  readonly got: string;
}

/** What is known of the peer once the handshake told it. */
export interface Peer {
  readonly revision: Revision;
  readonly capabilities: Params;
  readonly info: Params;
  /** A server's word on how to use it. */
  readonly instructions?: string;
}

/** One of our requests that is open, or waits in a saved state. Times in ms. */
export interface OpenCall {
  readonly key: CallKey;
  readonly method: string;
  /** Our wire id, which is also the progress token. */
  readonly id: number;
  readonly timeoutMs: number;
  /** Moved by progress; never beyond `lastDue`. */
  readonly due: number;
  readonly lastDue: number;
  readonly hasToken: boolean;
  /** It asks for a task (2025-11-25): such a call is cancelled by `tasks/cancel` alone. */
  readonly isTask: boolean;
  /** The last progress that came; null before the first. */
  readonly progress: number | null;
  readonly revision: Revision;
}

/** One of their requests that a handler works on. */
export interface PeerRequest {
  readonly key: PeerKey;
  readonly id: RequestId;
  readonly method: string;
  readonly token: RequestId | null;
  /** The last progress we told; null before the first. */
  readonly progress: number | null;
  readonly revision: Revision;
  /** The batch it came in, whose members are answered together; null when it came alone. */
  readonly batch: number | null;
}

/** A batch of theirs whose requests are not all answered (2025-03-26 only). */
export interface OpenBatch {
  /** How many of its requests are still open. */
  readonly open: number;
  readonly answers: readonly Params[];
}

declare const opaque: unique symbol;

/** The live state of one session: immutable and opaque; read it by `phase`, `peer`, `abstract` and `save`. */
export interface State {
  readonly [opaque]: 'State';
}
