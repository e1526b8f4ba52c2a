import { ComponentFinder } from './components.js';
import type { EdgeTable } from './edge-list.js';
import { type Fairness, NO_PROMISE, STRONG, WEAK } from './fairness.js';

/** A component that a fair run may stay in for ever, and the one of its states that is nearest to the beginning. */
export interface FairComponent {
  readonly states: Int32Array;
  readonly entry: number;
}

/**
 * Finds, within some states, the fair component that is nearest to the beginning; null when there is none.
 *
 * A run that visits all of a component again and again, and takes all of its edges, is fair unless the component itself
 * stands against it. A weak move that is possible everywhere in it and leads nowhere in it does so for good: for every smaller component
 * too. A strong move that is possible somewhere in it and leads nowhere in it does so only where it is possible: without
 * those states the rest may hold smaller components that are fair (Emerson and Lei, 1987).
 *
 * @param place how near a state is
 */
export function nearestFairComponent(
  states: Int32Array,
  place: (state: number) => number,
  edges: EdgeTable,
  fairness: Fairness,
  size: number,
): FairComponent | null {
  const finder = new ComponentFinder(edges, size);
  const tally = new Tally(finder, edges, fairness);
  let best: FairComponent | null = null;
  const offer = (component: Int32Array): void => {
    const entry = component.reduce((nearest, state) => (place(state) < place(nearest) ? state : nearest));
    if (best === null || place(entry) < place(best.entry)) best = { states: component, entry };
  };
  for (let work: Int32Array[] = [states], part = work.pop(); part !== undefined; part = work.pop()) {
    finder.find(part, (component) => {
      if (!tally.isCycle(component)) return;
      tally.count(component);
      if (tally.isHopeless(component.length)) return;
      const rest = tally.withoutUnserved(component);
      if (rest.length === component.length) offer(rest);
      else if (rest.length > 0) work.push(rest);
    });
  }
  return best;
}

/** What is possible and what is taken within one component, for each move that the world promises something of. */
class Tally {
  readonly #finder: ComponentFinder;
  readonly #edges: EdgeTable;
  readonly #fairness: Fairness;
  /** In how many of its states each move is possible. */
  readonly #possible: Int32Array;
  /** 1 where it leads from the component into the component. */
  readonly #taken: Uint8Array;
  /** The visit that saw each move last: several edges of a state may be the same move. */
  readonly #seenBy: Float64Array;
  #visits = 0;
  #met: number[] = [];

  constructor(finder: ComponentFinder, edges: EdgeTable, fairness: Fairness) {
    this.#finder = finder;
    this.#edges = edges;
    this.#fairness = fairness;
    this.#possible = new Int32Array(fairness.of.length);
    this.#taken = new Uint8Array(fairness.of.length);
    this.#seenBy = new Float64Array(fairness.of.length);
  }

  /** A single state is one only if it leads to itself. */
  isCycle(component: Int32Array): boolean {
    const [state = 0] = component;
    return component.length > 1 || this.#someEdge(state, (_, target) => target === state);
  }

  count(component: Int32Array): void {
    for (const move of this.#met) {
      this.#possible[move] = 0;
      this.#taken[move] = 0;
    }
    this.#met = [];
    for (const state of component) this.#countState(state);
  }

  /** Whether some weak move is possible everywhere and taken nowhere. */
  isHopeless(size: number): boolean {
    return this.#met.some(
      (move) => this.#fairness.of[move] === WEAK && this.#possible[move] === size && this.#taken[move] === 0,
    );
  }

  /** A copy without the states in which a strong move is possible that is taken nowhere. */
  withoutUnserved(component: Int32Array): Int32Array {
    const isUnserved = (move: number): boolean => this.#fairness.of[move] === STRONG && this.#taken[move] === 0;
    if (!this.#met.some(isUnserved)) return component.slice();
    return component.filter((state) => !this.#someEdge(state, isUnserved));
  }

  #countState(state: number): void {
    this.#visits += 1;
    const visit = this.#visits;
    const { firsts, targets, moves } = this.#edges;
    const promises = this.#fairness.of;
    const end = firsts[state + 1] as number;
    for (let edge = firsts[state] as number; edge < end; edge += 1) {
      const move = moves[edge] as number;
      if (promises[move] === NO_PROMISE) continue;
      if (this.#seenBy[move] !== visit) {
        this.#seenBy[move] = visit;
        this.#countMove(move);
      }
      if (this.#taken[move] === 0 && this.#finder.areTogether(state, targets[edge] as number)) this.#taken[move] = 1;
    }
  }

  #countMove(move: number): void {
    const times = this.#possible[move] as number;
    if (times === 0) this.#met.push(move);
    this.#possible[move] = times + 1;
  }

  #someEdge(state: number, matches: (move: number, target: number) => boolean): boolean {
    const { firsts, targets, moves } = this.#edges;
    const end = firsts[state + 1] as number;
    for (let edge = firsts[state] as number; edge < end; edge += 1) {
      if (matches(moves[edge] as number, targets[edge] as number)) return true;
    }
    return false;
  }
}
