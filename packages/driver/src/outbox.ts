import type { CallKey, Input, PeerKey } from '@mcp-lifeline/core';
import type { Clock } from './clock.js';
import type { Queued } from './session-loop.js';

/** What may have to wait before it is sent. */
export type Sending = Extract<Queued, { readonly type: 'call' | 'notify' | 'progress' | 'answer' }>;

/** What an outbox asks, and whom it tells. */
export interface OutboxOptions {
  readonly clock: Clock;
  /** Whether the peer should be given time to read. */
  readonly isFull: () => boolean;
  /** How many may wait; answers are not counted, since they cannot be refused. */
  readonly maxWaiting: number;
  /** From the call to its giving up, in ms, for a call that waits. */
  readonly patienceOf: (call: Extract<Input, { readonly type: 'call' }>) => number;
  /** One more than may wait. */
  readonly refused: (input: Sending) => void;
  readonly timedOut: (key: CallKey) => void;
}

/**
 * Where what the application sends waits, in its order, while the peer does not read; and calls and notifications until
 * the session is ready.
 *
 * An answer waits only behind progress of its own request, which it must not overtake.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #waiting = new Set<Waiting>();
  /** Kept, since a new one would first pass over all that has left the set. */
  #order = this.#waiting.values();
  /** Calls and notifications made before the session was ready. Progress does not wait for that. */
  readonly #early = new Set<Waiting>();
  readonly #calls = new Map<CallKey, Waiting>();
  /** How much progress of each of the peer's requests waits. */
  readonly #progress = new Map<PeerKey, number>();
  #answers = 0;
  #isReady = false;
  #isReleased = false;
  #earliest = Number.POSITIVE_INFINITY;
  #forgetTimer: () => void = () => {};

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** Whether this may be sent now; if not, it waits from now on, or was refused. */
  admits(input: Sending): boolean {
    if (this.#isReleased) return true;
    if (input.type === 'answer') {
      if (!this.#progress.has(input.key)) return true;
    } else if (this.#isReady || input.type === 'progress') {
      if (this.#waiting.size === 0 && !this.#options.isFull()) return true;
    }
    this.#wait(input);
    return false;
  }

  /** The next that may be sent now. */
  next(): Sending | undefined {
    if (this.#waiting.size === 0 || (!this.#isReleased && this.#options.isFull())) return undefined;
    let first = this.#order.next();
    if (first.done === true) {
      this.#order = this.#waiting.values();
      first = this.#order.next();
    }
    if (first.done === true) return undefined;
    this.#forget(first.value);
    return first.value.input;
  }

  /** The session is ready: what waited for that follows what waits already. */
  becomeReady(): void {
    this.#isReady = true;
    for (const waiting of this.#early) this.#waiting.add(waiting);
    this.#early.clear();
  }

  /** The session ends: nothing waits any more, and the core says what becomes of it. */
  release(): void {
    this.becomeReady();
    this.#isReleased = true;
    this.#forgetTimer();
  }

  /** Forgets a call that waits; false where it does not. */
  drop(key: CallKey): boolean {
    const waiting = this.#calls.get(key);
    if (waiting !== undefined) this.#forget(waiting);
    return waiting !== undefined;
  }

  #wait(input: Sending): void {
    if (input.type !== 'answer' && this.#counted >= this.#options.maxWaiting) {
      this.#options.refused(input);
      return;
    }
    const waiting = { input, due: this.#dueOf(input) };
    const early = !this.#isReady && (input.type === 'call' || input.type === 'notify');
    (early ? this.#early : this.#waiting).add(waiting);
    if (input.type === 'answer') this.#answers += 1;
    else if (input.type === 'progress') this.#progress.set(input.key, (this.#progress.get(input.key) ?? 0) + 1);
    else if (input.type === 'call') {
      this.#calls.set(input.key, waiting);
      this.#wakeFor(waiting.due);
    }
  }

  #dueOf(input: Sending): number {
    return input.type === 'call' ? input.now + this.#options.patienceOf(input) : Number.POSITIVE_INFINITY;
  }

  get #counted(): number {
    return this.#waiting.size + this.#early.size - this.#answers;
  }

  #forget(waiting: Waiting): void {
    const { input } = waiting;
    if (!this.#waiting.delete(waiting)) this.#early.delete(waiting);
    if (input.type === 'answer') this.#answers -= 1;
    else if (input.type === 'call') this.#calls.delete(input.key);
    else if (input.type === 'progress') {
      const left = (this.#progress.get(input.key) ?? 1) - 1;
      if (left > 0) this.#progress.set(input.key, left);
      else this.#progress.delete(input.key);
    }
  }

  #wakeFor(due: number): void {
    const at = Math.ceil(due / SWEEP_MS) * SWEEP_MS;
    if (at >= this.#earliest) return;
    this.#forgetTimer();
    this.#earliest = at;
    this.#forgetTimer = this.#options.clock.setTimer(at, () => this.#sweep());
  }

  #sweep(): void {
    this.#earliest = Number.POSITIVE_INFINITY;
    const now = this.#options.clock.now();
    let next = Number.POSITIVE_INFINITY;
    for (const [key, waiting] of this.#calls) {
      if (waiting.due > now) next = Math.min(next, waiting.due);
      else this.#options.timedOut(key);
    }
    if (next < Number.POSITIVE_INFINITY) this.#wakeFor(next);
  }
}

/** Deadlines of those who wait are looked at in steps of this length, in ms. */
const SWEEP_MS = 50;

interface Waiting {
  readonly input: Sending;
  /** When a call gives up, in ms. */
  readonly due: number;
}
