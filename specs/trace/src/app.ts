/** How a call of the application ended: answered, or why not. */
export type AppOutcome =
  | 'result'
  | 'error'
  | 'timeout'
  | 'maxTotal'
  | 'cancelled'
  | 'closed'
  | 'connectionLost'
  | 'refused'
  | 'malformedAnswer';

/** A handle of a call or a handler, unique at its end of the session while it is in use. */
export type AppKey = string | number;

/**
 * What an application saw of its own session, in the words that the invariants over the plane `app` know.
 *
 * The plane is open: other kinds, and other fields, are kept and passed over.
 */
export type AppData =
  /** What the client was set to speak, before its handshake. */
  | { readonly kind: 'speaks'; readonly data: { readonly revisions: readonly string[] } }
  | {
      readonly kind: 'called';
      readonly data: { readonly key: AppKey; readonly method: string; readonly wantsProgress?: boolean };
    }
  /** The call became a request with this id: what links it to the wire. Before the request is seen there. */
  | { readonly kind: 'numbered'; readonly data: { readonly key: AppKey; readonly id: string | number } }
  /** `sent` is false for a call that never became a request. */
  | {
      readonly kind: 'settled';
      readonly data: { readonly key: AppKey; readonly outcome: AppOutcome; readonly sent?: boolean };
    }
  /** `key` and `progress` for progress alone: those of the call it is about. */
  | {
      readonly kind: 'delivered';
      readonly data:
        | { readonly item: 'progress'; readonly key: AppKey; readonly progress: number }
        | { readonly item: 'notification'; readonly method: string };
    }
  | { readonly kind: 'handlerStarted'; readonly data: { readonly key: AppKey; readonly method: string } }
  | { readonly kind: 'handlerEnded' | 'handlerAborted'; readonly data: { readonly key: AppKey } }
  /** A clean-up was handed over; it ran. */
  | { readonly kind: 'cleanUpSet' | 'cleanUpRan' }
  /** The application asked for an end without patience. */
  | { readonly kind: 'killAsked' }
  /** The application was told that the session is over. `graceful` is false where the process is past repair. */
  | { readonly kind: 'closed'; readonly data: { readonly why: string; readonly graceful: boolean } };
