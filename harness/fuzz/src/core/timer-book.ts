import { inWords, violate } from './violation.js';

/** One arming of a timer; `at` in ms. */
export interface Arming<N extends string> {
  readonly name: N;
  readonly generation: number;
  readonly at: number;
}

/** The timers as whoever keeps them sees them, and the expiries that may be on their way though nobody waits for them. */
export class TimerBook<N extends string> {
  readonly #armed = new Map<N, Arming<N>>();
  readonly #stale: Arming<N>[] = [];
  #newest = 0;

  get size(): number {
    return this.#armed.size;
  }

  /** Those that are armed, the first that is due first. */
  get byDue(): readonly Arming<N>[] {
    return [...this.#armed.values()].sort((a, b) => a.at - b.at);
  }

  /** @throws {Violation} for a generation that is not new. */
  arm({ name, generation, at }: Arming<N>): void {
    if (generation <= this.#newest) violate(`${name} is armed with the generation ${generation} again`);
    this.#newest = generation;
    this.#drop(name);
    this.#armed.set(name, { name, generation, at });
  }

  /** @throws {Violation} for a timer that is not armed. */
  disarm(name: N): void {
    if (!this.#drop(name)) violate(`${name} is disarmed, and is not armed`);
  }

  isArmed(name: N, generation: number): boolean {
    return this.#armed.get(name)?.generation === generation;
  }

  /** It has run out. */
  expire(name: N): void {
    this.#drop(name);
  }

  /** The nth of the expiries that nobody waits for. */
  stale(nth: number): Arming<N> | undefined {
    return this.#stale[nth % Math.max(1, this.#stale.length)];
  }

  /**
   * Whether a core that was just restored arms the same anew, and a core's own account is the same; `shiftMs` ahead.
   *
   * @throws {Violation} naming both.
   */
  compare(told: readonly Arming<N>[], shiftMs: number): void {
    const isSame = told.length === this.#armed.size && told.every((one) => this.#has(one, shiftMs));
    if (!isSame)
      violate(`the timers ${inWords([...this.#armed.values()])} are armed, and the core has ${inWords(told)}`);
  }

  #has({ name, generation, at }: Arming<N>, shiftMs: number): boolean {
    const own = this.#armed.get(name);
    return own !== undefined && own.generation === generation && own.at + shiftMs === at;
  }

  #drop(name: N): boolean {
    const arming = this.#armed.get(name);
    if (arming === undefined) return false;
    this.#stale.push(arming);
    if (this.#stale.length > STALE_KEPT) this.#stale.shift();
    return this.#armed.delete(name);
  }
}

/** Older expiries come no more. */
const STALE_KEPT = 8;
