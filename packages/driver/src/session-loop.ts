import type { Effect, Input } from '@mcp-lifeline/core';
import type { Ticket } from './ticket.js';

/** An input in the queue; what the application sends and waits for carries the one to tell how it went. */
export type Queued = Exclude<Input, Told> | (Told & { readonly ticket: Ticket });

type Told = Extract<Input, { readonly type: 'notify' | 'progress' }>;

/** The core, as the loop needs it. */
export interface StepCore<S> {
  step(state: S, input: Input): readonly [S, readonly Effect[]];
}

/** Does what the core asks for. Whatever it throws is handed back to it, and stops nothing. */
export interface LoopHost {
  /** Whether this input may be stepped now; one that may not is the host's to keep, or to drop. */
  admits(input: Queued): boolean;
  /** The next input that was kept and may be stepped now. Asked for whenever the queue is empty. */
  next(): Queued | undefined;
  /** What a step came to, before the first of its effects is done. */
  stepped(input: Queued, effects: readonly Effect[]): void;
  perform(effect: Effect, input: Queued | null): void;
  /** An effect threw; the rest of its list goes on. */
  effectFailed(effect: Effect, input: Queued | null, error: unknown): void;
  /** The step threw: the state is as it was before. */
  stepFailed(input: Queued, error: unknown): void;
  /** Nothing is left to be done for now. */
  rested(): void;
}

/**
 * One queue: an input is stepped, its state committed and its effects done in order and to the end, before the next.
 *
 * What comes up inside an effect waits its turn. Nothing here throws.
 */
export class SessionLoop<S> {
  readonly #core: StepCore<S>;
  readonly #host: LoopHost;
  readonly #queue: Queued[] = [];
  /** Where the queue begins: shifting an array costs more the longer it is. */
  #first = 0;
  #isBusy = false;
  #state: S;

  constructor(core: StepCore<S>, host: LoopHost, state: S) {
    this.#core = core;
    this.#host = host;
    this.#state = state;
  }

  get state(): S {
    return this.#state;
  }

  /** Does the effects with which a session begins. */
  begin(effects: readonly Effect[]): void {
    this.#isBusy = true;
    this.#performAll(effects, null);
    this.#goOn();
  }

  /** Takes an input; it is stepped before this returns, unless that happens inside an effect, or it has to wait. */
  feed(input: Queued): void {
    if (this.#isBusy) {
      this.#queue.push(input);
      return;
    }
    this.#isBusy = true;
    if (this.#host.admits(input)) this.#step(input);
    this.#goOn();
  }

  /** Looks whether something that waited may go now. */
  poke(): void {
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.#goOn();
  }

  #goOn(): void {
    for (;;) {
      const queued = this.#shift();
      // What waited may go, as its host says by giving it: asked again, it would have to wait behind the others.
      const input = queued ?? this.#host.next();
      if (input === undefined) break;
      if (queued === undefined || this.#host.admits(queued)) this.#step(input);
    }
    this.#isBusy = false;
    this.#host.rested();
  }

  #shift(): Queued | undefined {
    if (this.#first === this.#queue.length) return undefined;
    const input = this.#queue[this.#first];
    this.#first += 1;
    if (this.#first === this.#queue.length) {
      this.#queue.length = 0;
      this.#first = 0;
    }
    return input;
  }

  #step(input: Queued): void {
    let stepped: readonly [S, readonly Effect[]];
    try {
      stepped = this.#core.step(this.#state, input);
    } catch (error) {
      this.#host.stepFailed(input, error);
      return;
    }
    this.#state = stepped[0];
    const effects = stepped[1];
    this.#host.stepped(input, effects);
    this.#performAll(effects, input);
  }

  #performAll(effects: readonly Effect[], input: Queued | null): void {
    for (const effect of effects) {
      try {
        this.#host.perform(effect, input);
      } catch (error) {
        this.#host.effectFailed(effect, input, error);
      }
    }
  }
}
