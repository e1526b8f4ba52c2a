import type { ErrorBody, Json, Why } from '@mcp-lifeline/core';
import type { Closed } from './session.js';

/**
 * What went wrong with a call, a notification or a connection; each class has a `code` that never changes its meaning.
 */
export abstract class LifelineError extends Error {
  abstract readonly code: string | number;
  /** Whether it may have had an effect, so that a retry might repeat it. */
  readonly sent: boolean;

  constructor(message: string, sent: boolean, options?: ErrorOptions) {
    super(message, options);
    this.sent = sent;
  }
}

/** The peer answered with an error: its own code, message and data (JSON-RPC 2.0, section 5.1). */
export class PeerError extends LifelineError {
  override readonly name = 'PeerError';
  override readonly code: number;
  readonly data: Json | undefined;

  constructor({ code, message, data }: ErrorBody) {
    super(message, true);
    this.code = code;
    this.data = data;
  }
}

/** No answer came in time: counted from the last progress (`timeout`), or from the call (`maxTotal`). */
export class TimeoutError extends LifelineError {
  override readonly name = 'TimeoutError';
  override readonly code = 'timeout';
  readonly kind: 'timeout' | 'maxTotal';
  /** The time that ran out. */
  readonly ms: number;

  constructor(method: string, kind: 'timeout' | 'maxTotal', ms: number, sent: boolean) {
    super(timeoutText(method, kind, ms, sent), sent);
    this.kind = kind;
    this.ms = ms;
  }
}

/** The caller's signal cancelled it; or, as the reason of a handler's signal, nobody waits for its answer any more. */
export class CancelledError extends LifelineError {
  override readonly name = 'CancelledError';
  override readonly code = 'cancelled';
}

/** We closed the session before it was answered. */
export class ClosedError extends LifelineError {
  override readonly name = 'ClosedError';
  override readonly code = 'closed';
}

/** The peer went, or fell silent, before it answered. */
export class ConnectionLostError extends LifelineError {
  override readonly name = 'ConnectionLostError';
  override readonly code = 'connectionLost';
  readonly why: Why;
  /** What the channel said of its end, such as an exit code and the tail of a standard error. */
  readonly detail: string | undefined;

  constructor(message: string, sent: boolean, why: Why, detail: string | undefined) {
    super(message, sent);
    this.why = why;
    this.detail = detail;
  }
}

/** It was not sent, since this session does not allow it; `detail` says why. */
export class NotAllowedError extends LifelineError {
  override readonly name = 'NotAllowedError';
  override readonly code = 'notAllowed';
  readonly detail: string;

  constructor(method: string, detail: string) {
    super(`${method} was not sent: ${detail}`, false);
    this.detail = detail;
  }
}

/** The peer answered with what is no answer. */
export class MalformedAnswerError extends LifelineError {
  override readonly name = 'MalformedAnswerError';
  override readonly code = 'malformedAnswer';
}

/** It was not sent, since too much waits already for a peer that does not read, or for the handshake. */
export class TooManyWaitingError extends LifelineError {
  override readonly name = 'TooManyWaitingError';
  override readonly code = 'tooManyWaiting';

  constructor(what: string, most: number) {
    super(`${what} was not sent: ${most} others wait before it. Await each, or raise maxWaiting`, false);
  }
}

/** It was not sent, since it has no JSON text; `cause` is what the channel threw. */
export class UnsendableError extends LifelineError {
  override readonly name = 'UnsendableError';
  override readonly code = 'unsendable';

  constructor(method: string, cause: unknown) {
    super(`${method} was not sent: it cannot be written (${messageOf(cause)})`, false, { cause });
  }
}

/** The session ended before it was ready. */
export class ConnectError extends LifelineError {
  override readonly name = 'ConnectError';
  override readonly code = 'connect';
  readonly why: Why;
  readonly detail: string | undefined;
  /** Settles when the channel has gone too, and may say more: how the process of a server ended. Never rejects. */
  readonly closed: Promise<Closed>;

  constructor(why: Why, detail: string | undefined, closed: Promise<Closed>) {
    super(
      `the session ended before it was ready: ${WHY_TEXTS[why]}${detail === undefined ? '' : ` (${detail})`}`,
      false,
    );
    this.why = why;
    this.detail = detail;
    this.closed = closed;
  }
}

/** Thrown by a handler, it is the answer: a request is refused with this code and message (JSON-RPC 2.0, section 5.1). */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  /** An integer, such as -32602. */
  readonly code: number;
  readonly data: Json | undefined;

  constructor(code: number, message: string, data?: Json) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

/** Why a session ended, for people. */
export const WHY_TEXTS: { readonly [W in Why]: string } = {
  asked: 'it was closed',
  peerEnded: 'the peer ended its output',
  peerGone: 'the peer has gone',
  neverOpened: 'there is no peer to reach',
  writeFailed: 'writing to the peer failed',
  silent: 'the peer answered no ping',
  refused: 'the server refused to initialize',
  unsupportedRevision: 'the server speaks no revision that we speak',
  startup: 'the handshake took too long',
  signal: 'the process was told to end',
  uncaught: 'an error in this process was not caught',
};

/** What was thrown, in words. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function timeoutText(method: string, kind: 'timeout' | 'maxTotal', ms: number, sent: boolean): string {
  if (!sent) return `${method} was not sent within ${ms} ms: the peer does not read, or the session is not ready`;
  if (kind === 'maxTotal') return `${method} was not answered within ${ms} ms in all; raise maxTotalTimeoutMs`;
  return `${method} was not answered within ${ms} ms, nor was there progress; raise timeoutMs if it may take longer`;
}
