import { Interner } from './intern.js';

/** What may go wrong in a world, each so many times. */
export interface Faults {
  /** Something that is no JSON text, towards either side. */
  readonly garbage?: number;
  /** A message that gets lost, comes twice, or overtakes another: where the channel may do that. */
  readonly losses?: number;
  readonly duplicates?: number;
  readonly swaps?: number;
  /** The client can write no more. */
  readonly breaks?: number;
  /** The server can write no more. */
  readonly serverBreaks?: number;
  /** The channel is gone in both directions. */
  readonly cuts?: number;
  /** It never opens, or the process cannot be started. */
  readonly unopened?: number;
  /** The server's process is gone. */
  readonly crashes?: number;
}

/** What may still go wrong, by number. */
export class FaultTable {
  readonly #left = new Interner<Faults>();
  /** What is left after one more, by what was left and by kind. */
  readonly #after: Partial<Record<keyof Faults, number>>[] = [];

  /** @returns the number of all that may go wrong. */
  initial(faults: Faults): number {
    const kinds = Object.entries(faults).filter(([, count]) => count > 0);
    return this.#number(Object.fromEntries(kinds));
  }

  /** What may still go wrong. */
  kinds(number: number): readonly (keyof Faults)[] {
    return Object.keys(this.#left.at(number)) as (keyof Faults)[];
  }

  /** What is left after one more of a kind. */
  after(number: number, kind: keyof Faults): number {
    const known = this.#after[number] ?? {};
    this.#after[number] = known;
    known[kind] ??= this.#without(this.#left.at(number), kind);
    return known[kind];
  }

  #without(left: Faults, kind: keyof Faults): number {
    const { [kind]: count = 0, ...rest } = left;
    return this.#number(count <= 1 ? rest : { ...left, [kind]: count - 1 });
  }

  #number(left: Faults): number {
    return this.#left.numberOf(JSON.stringify(left), () => left);
  }
}
