import { Records } from './records.js';

/**
 * The edges between states, all of them. Those of a state are numbered from `firsts[state]` up to, and without,
 * `firsts[state + 1]`: each has a target and a move.
 */
export interface EdgeTable {
  readonly firsts: Uint32Array;
  readonly targets: Int32Array;
  readonly moves: Int32Array;
}

const TARGET = 0;
const MOVE = 1;

/** Collects edges as they are met: those of one state behind each other, in the order in which states are expanded. */
export class EdgeList {
  readonly #edges = new Records(2);
  readonly #firsts = new Records(1);

  /** The edges that follow are those of the next state. */
  beginState(): void {
    this.#firsts.set(this.#firsts.push(), 0, this.#edges.length);
  }

  /** Adds an edge to the state that was begun last. */
  add(target: number, move: number): void {
    const edge = this.#edges.push();
    const chunk = this.#edges.chunk(edge);
    const offset = this.#edges.offset(edge);
    chunk[offset + TARGET] = target;
    chunk[offset + MOVE] = move;
  }

  /** What is allocated, in bytes. */
  get bytes(): number {
    return this.#edges.bytes + this.#firsts.bytes;
  }

  /**
   * All of them, as they are quickest to walk along.
   *
   * @param size how many states there are; those that were never begun have no edges
   */
  table(size: number): EdgeTable {
    const edges = this.#edges;
    const firsts = new Uint32Array(size + 1).fill(edges.length);
    for (let state = 0; state < this.#firsts.length; state += 1) firsts[state] = this.#firsts.get(state, 0);
    const targets = new Int32Array(edges.length);
    const moves = new Int32Array(edges.length);
    for (let edge = 0; edge < edges.length; edge += 1) {
      targets[edge] = edges.get(edge, TARGET);
      moves[edge] = edges.get(edge, MOVE);
    }
    return { firsts, targets, moves };
  }
}
