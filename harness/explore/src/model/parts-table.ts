import type { EventualProperty, Parts, StateProperty } from '../properties/property.js';
import { WIDTH } from './frame.js';
import { ABSENT, Interner, PairTable } from './intern.js';

/** Tells the parts of a row, and numbers that are equal only where they are. */
export interface PartsReader {
  parts(row: Int32Array): Parts;
  partNumbers(row: Int32Array): readonly number[];
}

/** What properties of states say of the parts of a world. */
interface Judged {
  readonly violations: readonly (string | null)[];
  readonly from: readonly boolean[];
  readonly to: readonly boolean[];
}

/** Properties of states, asked of rows. Many rows have the same parts: of these each property is asked once. */
export class PartsTable {
  readonly #reader: PartsReader;
  readonly #states: readonly StateProperty[];
  readonly #eventual: readonly EventualProperty[];
  readonly #triggered: boolean[];
  readonly #judged = new Interner<Judged>();
  /** From the numbers of a row to its parts: each table goes on from where the one before it led. */
  readonly #tables: PairTable[] = [];
  readonly #sizes: number[] = [];
  /** All properties ask of one row, and then of the next. */
  readonly #lastRow = new Int32Array(WIDTH);
  #last: Judged | null = null;

  constructor(reader: PartsReader, states: readonly StateProperty[], eventual: readonly EventualProperty[]) {
    this.#reader = reader;
    this.#states = states;
    this.#eventual = eventual;
    this.#triggered = states.map(() => false);
  }

  /** Null, or what is wrong with a row as a property of states tells it. */
  violation(row: Int32Array, state: number): string | null {
    return this.#judge(row).violations[state] ?? null;
  }

  /** Whether this row, or one before it, put the question of a property of states. */
  hasTriggered(row: Int32Array, state: number): boolean {
    this.#judge(row);
    return this.#triggered[state] === true;
  }

  /** Whether what a property waits for begins here. */
  from(row: Int32Array, eventual: number): boolean {
    return this.#judge(row).from[eventual] === true;
  }

  /** Whether what a property waits for is here. */
  to(row: Int32Array, eventual: number): boolean {
    return this.#judge(row).to[eventual] === true;
  }

  #judge(row: Int32Array): Judged {
    if (this.#last !== null && isSame(row, this.#lastRow)) return this.#last;
    const judged = this.#judged.at(this.#find(row));
    this.#lastRow.set(row);
    this.#last = judged;
    return judged;
  }

  #find(row: Int32Array): number {
    const numbers = this.#reader.partNumbers(row);
    const last = numbers.length - 1;
    let found = 0;
    for (let index = 0; index <= last; index += 1) {
      const table = this.#table(index);
      const number = numbers[index] as number;
      let next = table.get(found, number);
      if (next === ABSENT) {
        next = index === last ? this.#ask(row) : this.#count(index);
        table.set(found, number, next);
      }
      found = next;
    }
    return found;
  }

  #table(index: number): PairTable {
    let table = this.#tables[index];
    if (table === undefined) {
      table = new PairTable();
      this.#tables[index] = table;
    }
    return table;
  }

  #count(index: number): number {
    const size = this.#sizes[index] ?? 0;
    this.#sizes[index] = size + 1;
    return size;
  }

  #ask(row: Int32Array): number {
    const parts = this.#reader.parts(row);
    return this.#judged.numberOf(JSON.stringify(parts), () => {
      for (const [index, state] of this.#states.entries()) {
        if (this.#triggered[index] === false && state.triggered(parts)) this.#triggered[index] = true;
      }
      return {
        violations: this.#states.map((state) => state.violation(parts)),
        from: this.#eventual.map((one) => one.from(parts)),
        to: this.#eventual.map((one) => one.to(parts)),
      };
    });
  }
}

function isSame(one: Int32Array, other: Int32Array): boolean {
  for (let column = 0; column < WIDTH; column += 1) if (one[column] !== other[column]) return false;
  return true;
}
