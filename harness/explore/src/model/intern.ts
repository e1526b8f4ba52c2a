/** Gives each value that is met a small number and keeps it once. Two values are one when their keys are equal. */
export class Interner<T> {
  readonly #numbers = new Map<string, number>();
  readonly #values: T[] = [];

  /** How many there are: their numbers are those below it. */
  get size(): number {
    return this.#values.length;
  }

  /** The number of the value with this key; it is made when it is met for the first time. */
  numberOf(key: string, make: (number: number) => T): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#values.length;
    // Numbered before it is made, so that what is made may number others.
    this.#numbers.set(key, number);
    this.#values.length += 1;
    this.#values[number] = make(number);
    return number;
  }

  /** The value of a number that was given out. */
  at(number: number): T {
    return this.#values[number] as T;
  }

  /** All values, by number. */
  values(): readonly T[] {
    return this.#values;
  }
}

/** What a table tells where nothing was written. */
export const ABSENT = -1;

/** A number for each pair of numbers: open addressing, 12 bytes an entry and as much again for room. */
export class PairTable {
  #size = 0;
  #mask = FIRST_SLOTS - 1;
  /** Three numbers a slot: the pair, the first of them plus one so that 0 means nothing, and the value. */
  #slots = new Int32Array(3 * FIRST_SLOTS);

  /** What was written for the pair, or {@link ABSENT}. */
  get(first: number, second: number): number {
    const slots = this.#slots;
    for (let slot = hash(first, second) & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const at = 3 * slot;
      const taken = slots[at] as number;
      if (taken === 0) return ABSENT;
      if (taken === first + 1 && slots[at + 1] === second) return slots[at + 2] as number;
    }
  }

  /** Writes a number for a pair that has none. */
  set(first: number, second: number, value: number): void {
    this.#size += 1;
    if (2 * this.#size > this.#mask) this.#grow();
    this.#put(first + 1, second, value);
  }

  #put(taken: number, second: number, value: number): void {
    const slots = this.#slots;
    let slot = hash(taken - 1, second) & this.#mask;
    while (slots[3 * slot] !== 0) slot = (slot + 1) & this.#mask;
    slots[3 * slot] = taken;
    slots[3 * slot + 1] = second;
    slots[3 * slot + 2] = value;
  }

  #grow(): void {
    const before = this.#slots;
    this.#mask = 2 * this.#mask + 1;
    this.#slots = new Int32Array(3 * (this.#mask + 1));
    for (let at = 0; at < before.length; at += 3) {
      const taken = before[at] as number;
      if (taken !== 0) this.#put(taken, before[at + 1] as number, before[at + 2] as number);
    }
  }
}

const FIRST_SLOTS = 1_024;

/** Multipliers with well mixed bits (the golden ratio, and one of MurmurHash3's). */
function hash(first: number, second: number): number {
  const mixed = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}
