import {
  type Answer,
  type CallKey,
  type Effect,
  type Fault,
  LocalProtocolError,
  type Params,
  type Peer,
  type PeerKey,
  type Why,
} from '@mcp-lifeline/core';
import type { Channel } from './channel.js';
import { ChannelLink } from './channel-link.js';
import { runCleanUp } from './clean-up.js';
import type { Clock } from './clock.js';
import { messageOf, TooManyWaitingError } from './errors.js';
import { failureError } from './failure-error.js';
import { Milestones } from './milestones.js';
import { type CommonOptions, MAX_WAITING, RESERVE } from './options.js';
import { OurRequests, type RequestOptions } from './our-requests.js';
import { Outbox, type Sending } from './outbox.js';
import { realClock } from './real-clock.js';
import type { Closed } from './session.js';
import { type LoopHost, type Queued, SessionLoop, type StepCore } from './session-loop.js';
import { SessionTimers } from './session-timers.js';
import { idSent, whyUnsent } from './step-outcome.js';
import { takeNotification } from './their-notifications.js';
import { type HandlerHost, TheirRequests } from './their-requests.js';
import { Ticket } from './ticket.js';
import { recover } from './unsendable.js';

/** The core of one session. */
export interface SessionCore<S> extends StepCore<S> {
  open(now: number): readonly [S, readonly Effect[]];
  peer(state: S): Peer | null;
}

/** What an engine needs beside its core and its channel. Durations in ms. */
export interface EngineOptions extends CommonOptions {
  readonly role: 'client' | 'server';
  readonly requestTimeoutMs: number;
  readonly maxTotalTimeoutMs: number;
  readonly cleanUp?: (why: Why) => void | Promise<void>;
  readonly onExit?: (code: number) => void;
}

/** Gives a core its channel, its clock and its application: IO, and no decision of its own. */
export class SessionEngine<S> implements LoopHost, HandlerHost {
  readonly milestones = new Milestones();
  readonly #options: EngineOptions;
  readonly #core: SessionCore<S>;
  readonly #clock: Clock;
  readonly #loop: SessionLoop<S>;
  readonly #link: ChannelLink;
  readonly #timers: SessionTimers;
  readonly #outbox: Outbox;
  readonly #ours: OurRequests;
  readonly #theirs: TheirRequests;
  #wasAsked = false;
  #wasKilled = false;
  #hasCleanedUp = false;

  constructor(core: SessionCore<S>, channel: Channel, options: EngineOptions) {
    this.#core = core;
    this.#options = options;
    this.#clock = options.clock ?? realClock();
    const [state, effects] = core.open(this.#clock.now());
    this.#loop = new SessionLoop(core, this, state);
    this.#link = this.#linkTo(channel);
    this.#timers = new SessionTimers(this.#clock, ({ name, generation }) =>
      this.feed({ type: 'elapsed', now: this.now(), heard: this.#link.heardAt, name, generation }),
    );
    this.#outbox = this.#makeOutbox();
    this.#ours = this.#makeRequests();
    this.#theirs = new TheirRequests(this, options, options.taps);
    if (options.cleanUp !== undefined) options.taps?.app({ kind: 'cleanUpSet' });
    this.#loop.begin(effects);
  }

  get peer(): Peer | null {
    return this.#core.peer(this.#loop.state);
  }

  now(): number {
    return this.#clock.now();
  }

  feed(input: Queued): void {
    this.#loop.feed(input);
  }

  request(method: string, params?: Params, options?: RequestOptions): Promise<Params> {
    return this.#ours.start(method, params, options);
  }

  notify(method: string, params?: Params): Promise<void> {
    const ticket = new Ticket();
    const now = this.now();
    this.feed(
      params === undefined ? { type: 'notify', now, method, ticket } : { type: 'notify', now, method, params, ticket },
    );
    return ticket.promise;
  }

  progress(key: PeerKey, progress: number, total?: number, message?: string): Promise<void> {
    const ticket = new Ticket();
    if (Number.isFinite(progress) && (total === undefined || Number.isFinite(total))) {
      const told = { ...(total === undefined ? {} : { total }), ...(message === undefined ? {} : { message }) };
      this.feed({ type: 'progress', now: this.now(), key, progress, ...told, ticket });
    } else ticket.reject(new LocalProtocolError('progress and total must be finite numbers'));
    return ticket.promise;
  }

  answer(key: PeerKey, answer: Answer): void {
    this.feed({ type: 'answer', now: this.now(), key, answer });
  }

  close(): Promise<Closed> {
    if (this.#wasAsked) return this.kill();
    this.#wasAsked = true;
    this.feed({ type: 'close', now: this.now() });
    return this.milestones.closed;
  }

  /** Closes it unless it closes already: to tidy up is not to ask a second time. */
  leave(): Promise<Closed> {
    const { phase, closed } = this.milestones;
    return phase === 'closing' || phase === 'closed' ? closed : this.close();
  }

  kill(): Promise<Closed> {
    if (!this.#wasKilled) this.#options.taps?.app({ kind: 'killAsked' });
    this.#wasAsked = true;
    this.#wasKilled = true;
    this.feed({ type: 'kill', now: this.now() });
    return this.milestones.closed;
  }

  failed(what: string, error: unknown): void {
    const fault = { blame: 'us', code: 'uncaught', state: this.milestones.phase } as const;
    this.#report({ ...fault, expected: 'code that does not fail', got: `${what} failed: ${messageOf(error)}` });
  }

  admits(input: Queued): boolean {
    switch (input.type) {
      case 'call':
      case 'notify':
      case 'progress':
      case 'answer':
        return this.#outbox.admits(input);
      case 'cancel':
        if (!this.#outbox.drop(input.key)) return true;
        this.#ours.settle(input.key, { ok: false, kind: 'cancelled', sent: false });
        return false;
      default:
        return true;
    }
  }

  next(): Queued | undefined {
    const input = this.#outbox.next();
    if (input === undefined) return undefined;
    const now = this.now();
    if (input.type !== 'call') return { ...input, now };
    // The time that it waited counts.
    const maxTotalMs = input.maxTotalMs ?? this.#options.maxTotalTimeoutMs;
    return { ...input, now, maxTotalMs: Math.max(0, maxTotalMs - (now - input.now)) };
  }

  stepped(input: Queued, effects: readonly Effect[]): void {
    let isSent = false;
    for (const effect of effects) {
      if (effect.type === 'phase') this.milestones.foresee(effect.why);
      else if (effect.type === 'send') isSent = true;
    }
    if (input.type === 'notify') {
      if (!isSent) input.ticket.reject(whyUnsent(input.method, effects));
    } else if (input.type === 'progress') {
      if (isSent) return;
      const { phase } = this.milestones;
      if (phase === 'closing' || phase === 'closed') input.ticket.reject(whyUnsent('progress', effects));
      else input.ticket.resolve();
    } else if (input.type === 'call' && isSent) this.#tapNumber(input.key, effects);
  }

  perform(effect: Effect, input: Queued | null): void {
    switch (effect.type) {
      case 'send':
        this.#link.send(effect.message, effect.urgent);
        if (input !== null && 'ticket' in input) input.ticket.resolve();
        break;
      case 'deliver':
        this.#deliver(effect.item);
        break;
      case 'settle':
        this.#ours.settle(effect.key, effect.outcome);
        break;
      case 'arm':
        this.#timers.arm(effect);
        break;
      case 'disarm':
        this.#timers.disarm(effect.name);
        break;
      case 'abort':
        this.#theirs.abort(effect.key, effect.reason);
        break;
      case 'report':
        this.#report(effect.fault);
        break;
      case 'phase':
        this.#enter(effect);
        break;
      case 'openChannel':
        this.#link.open();
        break;
      case 'closeChannel':
        this.#link.end(effect.mode);
        break;
      case 'cleanUp':
        this.#cleanUp(effect.why);
        break;
      case 'exit':
        this.#options.onExit?.(effect.code);
        break;
    }
  }

  effectFailed(effect: Effect, input: Queued | null, error: unknown): void {
    if (effect.type === 'send') recover(effect.message, input, error, this.#link, this.#ours, this);
    else this.failed(`what ${effect.type} calls`, error);
  }

  stepFailed(input: Queued, error: unknown): void {
    const told = error instanceof Error ? error : new Error(messageOf(error));
    if (input.type === 'call') this.#ours.refuse(input.key, told);
    else if ('ticket' in input) input.ticket.reject(told);
    else this.failed(`the step for ${input.type}`, error);
  }

  rested(): void {
    if (!this.milestones.isOver) return;
    const { why } = this.milestones.end(this.#link.detail);
    // Every graceful way out of a server leads through its clean-up.
    const graceful = this.#options.role === 'server' ? this.#hasCleanedUp : !this.#wasKilled;
    this.#options.taps?.app({ kind: 'closed', data: { why, graceful } });
  }

  #deliver(item: Extract<Effect, { readonly type: 'deliver' }>['item']): void {
    if (item.kind === 'request') this.#theirs.start(item);
    else if (item.kind === 'notification') takeNotification(item, this.#options, this);
    else this.#ours.tell(item, this);
  }

  #enter({ phase, why }: Extract<Effect, { readonly type: 'phase' }>): void {
    if (phase === 'ready') this.#outbox.becomeReady();
    else if (phase === 'closing' || phase === 'closed') this.#outbox.release();
    this.milestones.enter(phase, this.peer, this.#link.detail);
    this.#options.onPhase?.(phase, why);
  }

  #cleanUp(why: Why): void {
    const { cleanUp, taps } = this.#options;
    this.#hasCleanedUp = true;
    if (cleanUp !== undefined) taps?.app({ kind: 'cleanUpRan' });
    const done = (): void => this.feed({ type: 'cleanedUp', now: this.now() });
    runCleanUp(cleanUp, why, done, this);
  }

  #report(fault: Fault): void {
    this.milestones.note(fault);
    try {
      this.#options.onReport?.(fault);
    } catch (error) {
      // There is nobody left to report it to.
      queueMicrotask(() => {
        throw error;
      });
    }
  }

  #tapNumber(key: CallKey, effects: readonly Effect[]): void {
    const { taps } = this.#options;
    const id = taps === undefined ? undefined : idSent(effects);
    if (id !== undefined) taps?.app({ kind: 'numbered', data: { key, id } });
  }

  #linkTo(channel: Channel): ChannelLink {
    return new ChannelLink(channel, {
      clock: this.#clock,
      feed: (input) => this.feed(input),
      drained: () => this.#loop.poke(),
      maxQueued: this.#options.maxQueued ?? RESERVE * channel.highWater,
    });
  }

  #makeOutbox(): Outbox {
    const { maxWaiting = MAX_WAITING, requestTimeoutMs, maxTotalTimeoutMs } = this.#options;
    return new Outbox({
      clock: this.#clock,
      isFull: () => this.#link.isFull,
      maxWaiting,
      patienceOf: ({ timeoutMs = requestTimeoutMs, maxTotalMs = maxTotalTimeoutMs }) => Math.min(timeoutMs, maxTotalMs),
      refused: (input) => this.#refuse(input, maxWaiting),
      timedOut: (key) => {
        this.#outbox.drop(key);
        this.#ours.settle(key, { ok: false, kind: 'timeout', sent: false });
      },
    });
  }

  #refuse(input: Sending, most: number): void {
    if (input.type === 'call') {
      const method = this.#ours.get(input.key)?.method ?? 'a request';
      this.#ours.refuse(input.key, new TooManyWaitingError(method, most));
    } else if (input.type !== 'answer') {
      const what = input.type === 'notify' ? input.method : 'progress';
      input.ticket.reject(new TooManyWaitingError(what, most));
    }
  }

  #makeRequests(): OurRequests {
    const { taps, requestTimeoutMs, maxTotalTimeoutMs } = this.#options;
    return new OurRequests({
      clock: this.#clock,
      feed: (input) => this.feed(input),
      tap: taps,
      errorOf: (outcome, { method, options }) =>
        failureError(outcome, {
          method,
          timeoutMs: options?.timeoutMs ?? requestTimeoutMs,
          maxTotalTimeoutMs: options?.maxTotalTimeoutMs ?? maxTotalTimeoutMs,
          why: this.milestones.why,
          detail: this.#link.detail,
        }),
    });
  }
}
