import type { System } from '../contract.js';
import type { EdgeTable } from './edge-list.js';

/** As numbers, since every edge asks for it: nothing is promised of a move, or what its fairness says. */
export const NO_PROMISE = 0;
export const WEAK = 1;
export const STRONG = 2;

const CODES = { none: NO_PROMISE, weak: WEAK, strong: STRONG } as const;

/** What the world promises of each move that was met. */
export class Fairness {
  /** The code of each move. */
  readonly of: Uint8Array;
  readonly #edges: EdgeTable;

  constructor(system: System, edges: EdgeTable) {
    this.#edges = edges;
    let last = -1;
    for (const move of edges.moves) if (move > last) last = move;
    this.of = Uint8Array.from({ length: last + 1 }, (_, move) => CODES[system.move(move).fairness]);
  }

  /** Whether a run may stay where it is for ever: nothing is possible there that anything is promised of. */
  mayStop(state: number): boolean {
    const { firsts, moves } = this.#edges;
    return moves.subarray(firsts[state], firsts[state + 1]).every((move) => this.of[move] === NO_PROMISE);
  }
}
