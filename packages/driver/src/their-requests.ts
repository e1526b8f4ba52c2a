import type { Answer, Delivery, Params, PeerKey } from '@mcp-lifeline/core';
import type { Revision } from '@mcp-lifeline/core/revision';
import { ChurningMap } from './churning-map.js';
import { CancelledError, RequestError } from './errors.js';
import type { HandlerResult, Handlers, RequestContext, RequestHandler } from './handlers.js';
import type { RequestOptions } from './our-requests.js';
import type { AppTap } from './tap.js';

type Request = Extract<Delivery, { readonly kind: 'request' }>;

/** What handlers need of their session. */
export interface HandlerHost {
  request(method: string, params?: Params, options?: RequestOptions): Promise<Params>;
  notify(method: string, params?: Params): Promise<void>;
  progress(key: PeerKey, progress: number, total?: number, message?: string): Promise<void>;
  answer(key: PeerKey, answer: Answer): void;
  /** A handler failed in a way that the peer is not told. */
  failed(what: string, error: unknown): void;
}

/** The peer's requests that our handlers work on. */
export class TheirRequests {
  readonly #host: HandlerHost;
  readonly #tap: AppTap | undefined;
  readonly #handlers: ReadonlyMap<string, RequestHandler>;
  readonly #fallback: RequestHandler | undefined;
  readonly #running = new ChurningMap<PeerKey, Running>();

  constructor(host: HandlerHost, { requests, fallbackRequest }: Handlers, tap: AppTap | undefined) {
    this.#host = host;
    this.#tap = tap;
    this.#handlers = new Map(Object.entries(requests ?? {}));
    this.#fallback = fallbackRequest;
  }

  /** Runs the handler of a request; nothing that it does throws. */
  start({ key, method, params, revision, wantsProgress }: Request): void {
    const handler = this.#handlers.get(method) ?? this.#fallback;
    if (handler === undefined) {
      this.#host.answer(key, { error: { code: METHOD_NOT_FOUND, message: `there is no handler for ${method}` } });
      return;
    }
    const running = new Running(this.#host, key, method, revision, wantsProgress);
    this.#tap?.app({ kind: 'handlerStarted', data: { key, method } });
    let result: HandlerResult | Promise<HandlerResult>;
    try {
      result = handler(params ?? NO_PARAMS, running);
    } catch (error) {
      this.#answer(key, this.#apologyFor(running, error));
      return;
    }
    // Until it returns it cannot be aborted: whatever comes up inside an effect waits.
    if (isThenable(result)) {
      this.#running.set(key, running);
      result.then(
        (value: unknown) => this.#ended(running, () => this.#answerOf(running, value)),
        (error: unknown) => this.#ended(running, () => this.#apologyFor(running, error)),
      );
    } else this.#answer(key, this.#answerOf(running, result));
  }

  /** Nobody waits for its answer any more. */
  abort(key: PeerKey, reason: string | undefined): void {
    const running = this.#running.get(key);
    if (running === undefined) return;
    this.#running.delete(key);
    this.#tap?.app({ kind: 'handlerAborted', data: { key } });
    running.abort(reason);
  }

  /** One that was aborted meanwhile is dropped, however it ended. */
  #ended({ key }: Running, answer: () => Answer): void {
    if (this.#running.delete(key)) this.#answer(key, answer());
  }

  #answer(key: PeerKey, answer: Answer): void {
    this.#tap?.app({ kind: 'handlerEnded', data: { key } });
    this.#host.answer(key, answer);
  }

  #answerOf(running: Running, value: unknown): Answer {
    if (value === undefined) return { result: NO_PARAMS };
    // That its members are JSON shows when it is written.
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { result: value as Params };
    return this.#apologyFor(running, new TypeError('a result is an object'));
  }

  #apologyFor({ method }: Running, error: unknown): Answer {
    if (error instanceof RequestError && Number.isInteger(error.code)) {
      const { code, message, data } = error;
      return { error: data === undefined ? { code, message } : { code, message, data } };
    }
    this.#host.failed(`the handler of ${method}`, error);
    return { error: { code: INTERNAL_ERROR, message: 'internal error' } };
  }
}

/** The receiver has no such method (JSON-RPC 2.0, section 5.1). */
const METHOD_NOT_FOUND = -32601;

/** The receiver failed (JSON-RPC 2.0, section 5.1). */
export const INTERNAL_ERROR = -32603;

/** What absent params are to a handler, and an absent result to the peer. */
const NO_PARAMS: Params = Object.freeze({});

class Running implements RequestContext {
  readonly key: PeerKey;
  readonly method: string;
  readonly revision: Revision;
  readonly wantsProgress: boolean;
  readonly #host: HandlerHost;
  /** Made when somebody asks for it: most handlers never do. */
  #controller: AbortController | undefined = undefined;
  #abortedBy: CancelledError | undefined = undefined;

  constructor(host: HandlerHost, key: PeerKey, method: string, revision: Revision, wantsProgress: boolean) {
    this.#host = host;
    this.key = key;
    this.method = method;
    this.revision = revision;
    this.wantsProgress = wantsProgress;
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#abortedBy !== undefined) this.#controller.abort(this.#abortedBy);
    }
    return this.#controller.signal;
  }

  abort(reason: string | undefined): void {
    const why = reason ?? 'the peer does not say why, or the session ends';
    this.#abortedBy = new CancelledError(`nobody waits for the answer to ${this.method} any more: ${why}`, false);
    this.#controller?.abort(this.#abortedBy);
  }

  // Getters, so that a handler may take what it needs out of its context; made when asked for, as most never are.
  get progress(): RequestContext['progress'] {
    return (progress, total, message) =>
      this.wantsProgress ? this.#host.progress(this.key, progress, total, message) : NOTHING_TO_DO;
  }

  get request(): RequestContext['request'] {
    return (method, params, options) => this.#host.request(method, params, options);
  }

  get notify(): RequestContext['notify'] {
    return (method, params) => this.#host.notify(method, params);
  }
}

const NOTHING_TO_DO = Promise.resolve();

/** Whether it settles later: a promise, or what behaves like one. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
