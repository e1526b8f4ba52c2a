import type { Params, Peer, Phase, Why } from '@mcp-lifeline/core';
import type { RequestOptions } from './our-requests.js';

/** How a session ended. */
export interface Closed {
  /** The first cause. */
  readonly why: Why;
  /** What the channel said of its end, for people: an exit code, the tail of a standard error. */
  readonly detail?: string;
}

/** One session with one peer. Nothing here throws synchronously. */
export interface Session extends AsyncDisposable {
  /**
   * Makes a request and resolves with its result.
   *
   * It waits in a queue while the peer does not read, or the session is not ready. A rejection that nobody handles does
   * not end the process.
   *
   * @throws {LifelineError} as a rejection: {@link PeerError} for the peer's own error, and one class for each other way
   *   to fail; `sent` tells whether a retry might repeat an effect.
   * @throws {LocalProtocolError} as a rejection, for what no session allows.
   */
  request(method: string, params?: Params, options?: RequestOptions): Promise<Params>;
  /**
   * Sends a notification; resolves when it was handed to the channel, so that whoever awaits it keeps pace with the peer.
   *
   * @throws {NotAllowedError | ClosedError | TooManyWaitingError | UnsendableError} as a rejection, which nobody has to
   *   handle.
   */
  notify(method: string, params?: Params): Promise<void>;
  /** Leaves gracefully; a second time it is {@link Session.kill}. Requests that are open settle at once. */
  close(): Promise<Closed>;
  /** Leaves now. */
  kill(): Promise<Closed>;
  /** Settles when the session is over: for a client, when its channel is gone. Never rejects. */
  readonly closed: Promise<Closed>;
  readonly phase: Phase;
  /** What the handshake told of the peer; null before. */
  readonly peer: Peer | null;
}
