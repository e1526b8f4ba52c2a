import type { Params } from '@mcp-lifeline/core';
import type { Revision } from '@mcp-lifeline/core/revision';
import type { RequestOptions } from './our-requests.js';

/** What a handler of a request gets beside its params. */
export interface RequestContext {
  readonly method: string;
  /** Fires when nobody waits for the answer any more: the peer cancelled, or the session ends. */
  readonly signal: AbortSignal;
  /** The revision that the request is under. */
  readonly revision: Revision;
  /** Whether the peer wants to hear of progress; where it does not, `progress` does nothing. */
  readonly wantsProgress: boolean;
  /**
   * Tells the peer of progress, which must grow; resolves when it was sent, so that whoever awaits it keeps pace with the
   * peer.
   *
   * @throws {ClosedError | TooManyWaitingError} as a rejection, which nobody has to handle.
   */
  progress(progress: number, total?: number, message?: string): Promise<void>;
  /** Makes a request of our own; see {@link Session.request}. */
  request(method: string, params?: Params, options?: RequestOptions): Promise<Params>;
  /** Sends a notification; see {@link Session.notify}. */
  notify(method: string, params?: Params): Promise<void>;
}

/** The result of a request; nothing is the empty result. */
// biome-ignore lint/suspicious/noConfusingVoidType: a handler need not return anything.
export type HandlerResult = Params | void;

/**
 * Answers one method. Absent params are an empty object.
 *
 * What it throws is the answer: a {@link RequestError} as it is, anything else as an internal error (-32603) that says no
 * more, and is reported.
 */
export type RequestHandler = (params: Params, context: RequestContext) => HandlerResult | Promise<HandlerResult>;

/** Takes one kind of notification; what it throws is reported. Nothing waits for it. */
export type NotificationHandler = (params: Params) => void | Promise<void>;

/** Who takes what the peer sends. Given at the start: what comes right behind the handshake must not be missed. */
export interface Handlers {
  /** By method. A request that nobody takes is answered with -32601. */
  readonly requests?: { readonly [method: string]: RequestHandler };
  /** By method. */
  readonly notifications?: { readonly [method: string]: NotificationHandler };
  /** Takes the requests that no other handler does. */
  readonly fallbackRequest?: RequestHandler;
  /** Takes the notifications that no other handler does. */
  readonly fallbackNotification?: (method: string, params: Params) => void | Promise<void>;
}
