import type { MoveInfo } from '../contract.js';
import { Interner } from './intern.js';

/** The moves of a world, by number: few, since many things that happen are one move to people and to fairness. */
export class MoveTable {
  readonly #moves = new Interner<MoveInfo>();

  /** @throws {Error} for a name that has another fairness already: it would be unclear which one holds. */
  number(info: MoveInfo): number {
    const number = this.#moves.numberOf(info.name, () => ({ name: info.name, fairness: info.fairness }));
    if (this.at(number).fairness === info.fairness) return number;
    throw new Error(`the move "${info.name}" cannot be both ${info.fairness} and ${this.at(number).fairness}`);
  }

  at(number: number): MoveInfo {
    return this.#moves.at(number);
  }

  /** All of them, by number. */
  all(): readonly MoveInfo[] {
    return this.#moves.values();
  }
}
