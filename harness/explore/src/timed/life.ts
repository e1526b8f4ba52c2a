import { ArmedTimers, type WaitingTimer } from './armed-timers.js';
import { Broken } from './timed-property.js';

/** Something that a core asked for, in words, and when, in ms. */
export interface Told {
  readonly at: number;
  readonly name: string;
}

/** More expiries than any schedule here has: a core that arms a timer for now, again and again, would never end. */
const MAX_EXPIRIES = 1_000;

/**
 * One life on a virtual clock that a schedule drives and looks at. Its timers run out exactly when they are due, in the order
 * of time, then of arming.
 *
 * @typeParam I an input without its time. @typeParam N the names of the timers.
 */
export class Life<I, N extends string> {
  /** All that was asked for so far, but for the timers' arming. */
  readonly told: Told[] = [];
  readonly #timers = new ArmedTimers<N>();
  readonly #step: Stepper<I, N>;
  #now: number;

  constructor(now: number, step: Stepper<I, N>, first: readonly NamedEffect[]) {
    this.#now = now;
    this.#step = step;
    this.#take(first);
  }

  /** In ms. */
  get now(): number {
    return this.#now;
  }

  /** Feeds inputs, now, in this order. */
  feed(...inputs: readonly I[]): this {
    for (const input of inputs) this.#take(this.#step.input(input, this.#now));
    return this;
  }

  /** Lets time pass, in ms, and every timer run out that is due by the end of it. */
  wait(ms: number): this {
    const end = this.#now + ms;
    for (let expiries = 0; ; expiries += 1) {
      const timer = this.#timers.expire(end);
      if (timer === null) break;
      if (expiries === MAX_EXPIRIES) throw new Broken(`the timer ${timer.name} runs out without an end`);
      this.#now = Math.max(this.#now, timer.at);
      this.#take(this.#step.expiry(timer, this.#now));
    }
    this.#now = end;
    return this;
  }

  /** @throws {Broken} unless the timer is armed for just then (ms), or is not armed where that is null. */
  isDue(name: N, at: number | null): this {
    const due = this.#timers.dueOf(name);
    if (due === at) return this;
    throw new Broken(`${this.#now}: the timer ${name} is ${dueText(due)}, and should be ${dueText(at)}`);
  }

  /** @throws {Broken} unless these timers are armed, and no other. */
  waitsFor(...names: readonly N[]): this {
    const armed = this.#timers.names().join(', ') || 'nothing';
    const expected = [...names].sort().join(', ') || 'nothing';
    if (armed === expected) return this;
    throw new Broken(`${this.#now}: it waits for ${armed}, and should wait for ${expected}`);
  }

  /** @throws {Broken} unless this was asked for at these times (ms), and at no other. */
  happened(name: string, ...times: readonly number[]): this {
    const seen = this.told.filter((one) => one.name === name).map((one) => one.at);
    if (seen.join() === times.join()) return this;
    throw new Broken(`"${name}" came at ${seen.join(', ') || 'no time'}, and should at ${times.join(', ') || 'none'}`);
  }

  /** @throws {Broken} when any of this was ever asked for. */
  neverHappened(...names: readonly string[]): this {
    for (const name of names) this.happened(name);
    return this;
  }

  /** @throws {Broken} unless these were asked for at that time (ms) in this order, whatever else was. */
  inOrder(at: number, ...names: readonly string[]): this {
    const seen = this.told.filter((one) => one.at === at).map((one) => one.name);
    let from = 0;
    for (const name of names) {
      const place = seen.indexOf(name, from);
      if (place < 0) throw new Broken(`${at}: no "${name}" in its place among ${seen.join(', ') || 'nothing'}`);
      from = place + 1;
    }
    return this;
  }

  /** @throws {Broken} when anything was asked for after that time (ms). */
  silentAfter(at: number): this {
    const late = this.told.filter((one) => one.at > at);
    if (late.length === 0) return this;
    throw new Broken(`after ${at} it still asked for ${late.map((one) => `${one.name} (${one.at})`).join(', ')}`);
  }

  #take(effects: readonly NamedEffect[]): void {
    this.#timers.take(effects);
    for (const { type, text } of effects) {
      if (type !== 'arm' && type !== 'disarm') this.told.push({ at: this.#now, name: text });
    }
  }
}

/** How a life takes what happens; the state is its own. */
export interface Stepper<I, N extends string> {
  input(input: I, now: number): readonly NamedEffect[];
  expiry(timer: WaitingTimer<N>, now: number): readonly NamedEffect[];
}

/** An effect with its name in words. */
export interface NamedEffect {
  readonly type: string;
  readonly text: string;
  readonly name?: string;
  readonly generation?: number;
  readonly at?: number;
}

function dueText(at: number | null): string {
  return at === null ? 'not armed' : `due at ${at}`;
}
