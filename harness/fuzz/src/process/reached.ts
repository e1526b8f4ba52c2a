import type { SessionState, Transition } from './lifecycle.js';

/** Which transitions came about. */
export class Reached {
  readonly #transitions = new Set<Transition>();
  readonly #states = new Set<string>();

  /** Adds one. */
  add(one: Transition): void {
    this.#transitions.add(one);
    this.#states.add(one.slice(0, one.indexOf(' ')));
  }

  has(one: Transition): boolean {
    return this.#transitions.has(one);
  }

  /** How many of these came about. */
  countOf(all: readonly Transition[]): number {
    return all.filter((one) => this.#transitions.has(one)).length;
  }

  /** Whether anything was done in a state. */
  hasState(state: SessionState): boolean {
    return this.#states.has(state);
  }
}
