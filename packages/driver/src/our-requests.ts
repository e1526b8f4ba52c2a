import type { CallKey, Delivery, Input, Outcome, Params } from '@mcp-lifeline/core';
import { ChurningMap } from './churning-map.js';
import type { Clock } from './clock.js';
import { CancelledError, messageOf } from './errors.js';
import type { AppTap } from './tap.js';
import { call, type FailureListener } from './their-notifications.js';
import { handled } from './ticket.js';

/** What the peer tells of a request that is still open. */
export interface Progress {
  /** Grows with each one; where it does not, the peer is at fault, which is reported. */
  readonly progress: number;
  readonly total?: number;
  readonly message?: string;
}

/** How one request is made. Durations in ms, finite and at most 2^31 - 1. */
export interface RequestOptions {
  /** Cancels it. */
  readonly signal?: AbortSignal;
  /** From its sending, or its last progress, to giving up on it. */
  readonly timeoutMs?: number;
  /** From its sending to giving up on it, whatever progress tells. */
  readonly maxTotalTimeoutMs?: number;
  /** Called for each progress, in order, before the request settles; nothing waits for it. */
  readonly onProgress?: (progress: Progress) => void;
}

/** What is fed to the core, for a request. */
export type RequestInput = Extract<Input, { readonly type: 'call' | 'cancel' }>;

type ProgressItem = Extract<Delivery, { readonly kind: 'progress' }>;

/** What the requests need of their session. */
export interface OurRequestsOptions {
  readonly clock: Clock;
  readonly feed: (input: RequestInput) => void;
  /** What a request is rejected with. */
  readonly errorOf: (outcome: Failed, request: OurRequest) => Error;
  readonly tap: AppTap | undefined;
}

/** How a request came to nothing. */
export type Failed = Exclude<Outcome, { readonly ok: true }>;

/** Our requests that are open or wait, by key. */
export class OurRequests {
  readonly #options: OurRequestsOptions;
  readonly #open = new ChurningMap<CallKey, OurRequest>();
  #lastKey = 0;

  constructor(options: OurRequestsOptions) {
    this.#options = options;
  }

  start(method: string, params: Params | undefined, options: RequestOptions | undefined): Promise<Params> {
    const signal = options?.signal;
    if (signal?.aborted === true) {
      const rejected = Promise.reject(new CancelledError(`${method} was not sent: its signal had fired`, false));
      handled(rejected);
      return rejected;
    }
    this.#lastKey += 1;
    const key = this.#lastKey;
    const request = new OurRequest(method, options);
    this.#open.set(key, request);
    if (signal !== undefined) this.#listen(key, request, signal);
    this.#options.tap?.app({
      kind: 'called',
      data: options?.onProgress === undefined ? { key, method } : { key, method, wantsProgress: true },
    });
    this.#options.feed(callInput(this.#options.clock.now(), key, method, params, options));
    return request.promise;
  }

  /** The open request of that key. */
  get(key: CallKey): OurRequest | undefined {
    return this.#open.get(key);
  }

  /** Hands progress on to whoever made the request. */
  tell({ key, progress, total, message }: ProgressItem, listener: FailureListener): void {
    const request = this.#open.get(key);
    const onProgress = request?.options?.onProgress;
    if (request === undefined || onProgress === undefined) return;
    this.#options.tap?.app({ kind: 'delivered', data: { item: 'progress', key, progress } });
    // Members that are added where there are any: spreads are dear, and floods of progress come through here.
    const told: { -readonly [K in keyof Progress]: Progress[K] } = { progress };
    if (total !== undefined) told.total = total;
    if (message !== undefined) told.message = message;
    call(`onProgress of ${request.method}`, listener, () => onProgress(told));
  }

  settle(key: CallKey, outcome: Outcome): void {
    const request = this.#take(key);
    if (request === undefined) return;
    if (outcome.ok) {
      this.#options.tap?.app({ kind: 'settled', data: { key, outcome: 'result', sent: true } });
      request.resolve(outcome.result);
      return;
    }
    const sent = outcome.kind === 'peer' || outcome.sent;
    const name = outcome.kind === 'peer' ? 'error' : outcome.kind;
    this.#options.tap?.app({ kind: 'settled', data: { key, outcome: name, sent } });
    request.fail(this.#options.errorOf(outcome, request));
  }

  /** Ends a request that never got to the core, or out of it. */
  refuse(key: CallKey, error: Error): void {
    const request = this.#take(key);
    if (request === undefined) return;
    this.#options.tap?.app({ kind: 'settled', data: { key, outcome: 'refused', sent: false } });
    request.fail(error);
  }

  #take(key: CallKey): OurRequest | undefined {
    const request = this.#open.get(key);
    if (request === undefined) return undefined;
    this.#open.delete(key);
    request.forgetSignal?.();
    return request;
  }

  #listen(key: CallKey, request: OurRequest, signal: AbortSignal): void {
    const cancel = (): void => {
      const now = this.#options.clock.now();
      const reason = reasonOf(signal);
      this.#options.feed(reason === undefined ? { type: 'cancel', now, key } : { type: 'cancel', now, key, reason });
    };
    signal.addEventListener('abort', cancel, { once: true });
    request.forgetSignal = () => signal.removeEventListener('abort', cancel);
  }
}

/** One of our requests, until it settles. */
export class OurRequest {
  readonly method: string;
  readonly options: RequestOptions | undefined;
  readonly promise: Promise<Params>;
  resolve: (result: Params) => void = ignore;
  forgetSignal: (() => void) | undefined = undefined;
  #reject: (error: Error) => void = ignore;

  constructor(method: string, options: RequestOptions | undefined) {
    this.method = method;
    this.options = options;
    this.promise = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.#reject = reject;
    });
  }

  /** Nobody has to await it: a request that was dropped must not end the process. */
  fail(error: Error): void {
    handled(this.promise);
    this.#reject(error);
  }
}

/** Literals for what is common, since every request comes through here. */
function callInput(
  now: number,
  key: CallKey,
  method: string,
  params: Params | undefined,
  options: RequestOptions | undefined,
): RequestInput {
  if (options === undefined) {
    return params === undefined ? { type: 'call', now, key, method } : { type: 'call', now, key, method, params };
  }
  const { timeoutMs, maxTotalTimeoutMs } = options;
  const input: { -readonly [K in keyof CallInput]: CallInput[K] } = { type: 'call', now, key, method };
  if (params !== undefined) input.params = params;
  if (timeoutMs !== undefined) input.timeoutMs = timeoutMs;
  if (maxTotalTimeoutMs !== undefined) input.maxTotalMs = maxTotalTimeoutMs;
  return input;
}

type CallInput = Extract<Input, { readonly type: 'call' }>;

/** For the peer to log; the platform's own words say nothing. */
function reasonOf({ reason }: AbortSignal): string | undefined {
  if (reason instanceof Error && reason.name === 'AbortError') return undefined;
  return reason === undefined ? undefined : messageOf(reason);
}

function ignore(): void {}
