import type { EdgeTable } from './edge-list.js';

/** Instead of a number: to be discovered, or no part of the search any more, and later than all that are. */
const UNDISCOVERED = 0;
const DONE = 0x7fffffff;

/** Instead of a state. */
const NOTHING = -1;

/**
 * Finds strongly connected components by Tarjan's algorithm, with stacks of its own: paths are as long as there are states.
 *
 * One finder serves many searches over parts of the same graph.
 */
export class ComponentFinder {
  readonly #edges: EdgeTable;
  /** The order of discovery, from 1 on. Between searches all are done. */
  readonly #number: Int32Array;
  /** The earliest state on the stack that is known to be reachable. */
  readonly #low: Int32Array;
  /** The component that each was last told in; no two have the same number. */
  readonly #component: Int32Array;
  #components = 0;

  /** @param size of the graph, in states */
  constructor(edges: EdgeTable, size: number) {
    this.#edges = edges;
    this.#number = new Int32Array(size).fill(DONE);
    this.#low = new Int32Array(size);
    this.#component = new Int32Array(size);
  }

  /** Whether two states belong to the same component, for one that has just been told. */
  areTogether(one: number, other: number): boolean {
    return this.#component[one] === this.#component[other];
  }

  /**
   * Tells each component of the graph that these states span.
   *
   * @param visit gets memory that is written over when it returns
   */
  find(states: Int32Array, visit: (component: Int32Array) => void): void {
    for (const state of states) this.#number[state] = UNDISCOVERED;
    const walk = new Walk(states.length);
    for (const state of states) {
      if (this.#number[state] === UNDISCOVERED) this.#walkFrom(state, walk, visit);
    }
  }

  #walkFrom(root: number, walk: Walk, visit: (component: Int32Array) => void): void {
    this.#enter(root, walk);
    while (walk.depth > 0) {
      const top = walk.depth - 1;
      const state = walk.state[top] as number;
      const next = this.#follow(state, top, walk);
      if (next !== NOTHING) {
        this.#enter(next, walk);
      } else {
        walk.depth = top;
        if (this.#low[state] === this.#number[state]) this.#complete(state, walk, visit);
        else this.#lower(walk.state[top - 1] as number, this.#low[state] as number);
      }
    }
  }

  /** Looks along the edges of a state as far as the first one that leads to something undiscovered. */
  #follow(state: number, top: number, walk: Walk): number {
    const { firsts, targets } = this.#edges;
    const numbers = this.#number;
    const end = firsts[state + 1] as number;
    let low = this.#low[state] as number;
    let next = NOTHING;
    let edge = walk.edge[top] as number;
    for (; edge < end && next === NOTHING; edge += 1) {
      const target = targets[edge] as number;
      const number = numbers[target] as number;
      if (number === UNDISCOVERED) next = target;
      else if (number < low) low = number;
    }
    walk.edge[top] = edge;
    this.#low[state] = low;
    return next;
  }

  #enter(state: number, walk: Walk): void {
    walk.discovered += 1;
    this.#number[state] = walk.discovered;
    this.#low[state] = walk.discovered;
    walk.pending[walk.pendingCount] = state;
    walk.pendingCount += 1;
    walk.state[walk.depth] = state;
    walk.edge[walk.depth] = this.#edges.firsts[state] as number;
    walk.depth += 1;
  }

  #lower(state: number, number: number): void {
    if (number < (this.#low[state] as number)) this.#low[state] = number;
  }

  /** Everything that was discovered after the root of a component, and is in none yet, belongs to it. */
  #complete(root: number, walk: Walk, visit: (component: Int32Array) => void): void {
    this.#components += 1;
    let first = walk.pendingCount;
    let state: number;
    do {
      first -= 1;
      state = walk.pending[first] as number;
      this.#number[state] = DONE;
      this.#component[state] = this.#components;
    } while (state !== root);
    const component = walk.pending.subarray(first, walk.pendingCount);
    walk.pendingCount = first;
    visit(component);
  }
}

/** What one search has in hand. */
class Walk {
  /** The path to where it is, and the edge to be followed next from each state on it. */
  readonly state: Int32Array;
  readonly edge: Int32Array;
  depth = 0;
  /** Discovered, and not in a component yet. */
  readonly pending: Int32Array;
  pendingCount = 0;
  discovered = 0;

  constructor(size: number) {
    this.state = new Int32Array(size);
    this.edge = new Int32Array(size);
    this.pending = new Int32Array(size);
  }
}
