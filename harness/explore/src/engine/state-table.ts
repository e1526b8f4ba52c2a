import { Records } from './records.js';

/** In front of the row in each record: the state that it was met from, and by which move. */
const PREDECESSOR = 0;
const MOVE = 1;
const ROW = 2;

/** What the first state has for a predecessor. */
export const NOWHERE = -1;

/** At least this many slots; twice as many whenever more than half of them are taken. */
const FIRST_SLOTS = 1024;
const MOST_TAKEN = 0.5;

/**
 * Every state that was met, in the order of meeting, and how it was first come by.
 *
 * A state costs its row, 8 bytes and two to four slots of 4 bytes: slots hold indices, so that a row is kept once.
 */
export class StateTable {
  readonly width: number;
  readonly #records: Records;
  /** Open addressing, linear probing: the index of a state plus one, 0 where nothing is. */
  #slots = new Int32Array(FIRST_SLOTS);

  /** @param width integers in a row */
  constructor(width: number) {
    this.width = width;
    this.#records = new Records(width + ROW);
  }

  get size(): number {
    return this.#records.length;
  }

  /** What is allocated, in bytes. */
  get bytes(): number {
    return this.#records.bytes + this.#slots.byteLength;
  }

  /** The index of a row. One that is new gets the next index and remembers how it was come by. */
  add(row: Int32Array, predecessor: number, move: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = this.#hash(row, 0) & mask;
    for (let taken = slots[slot] as number; taken !== 0; taken = slots[slot] as number) {
      if (this.#isAt(taken - 1, row)) return taken - 1;
      slot = (slot + 1) & mask;
    }
    const index = this.#append(row, predecessor, move);
    slots[slot] = index + 1;
    if (index + 1 > slots.length * MOST_TAKEN) this.#grow();
    return index;
  }

  /** Copies the row of a state into `into`. */
  read(index: number, into: Int32Array): void {
    const chunk = this.#records.chunk(index);
    const offset = this.#records.offset(index) + ROW;
    for (let column = 0; column < this.width; column += 1) into[column] = chunk[offset + column] as number;
  }

  /** The row of a state, as a copy. */
  row(index: number): Int32Array {
    const row = new Int32Array(this.width);
    this.read(index, row);
    return row;
  }

  /** The state that this one was first met from; {@link NOWHERE} for the first of all. */
  predecessor(index: number): number {
    return this.#records.get(index, PREDECESSOR);
  }

  /** The move by which it was first met; means nothing for the first of all. */
  move(index: number): number {
    return this.#records.get(index, MOVE);
  }

  #append(row: Int32Array, predecessor: number, move: number): number {
    const index = this.#records.push();
    const chunk = this.#records.chunk(index);
    const offset = this.#records.offset(index);
    chunk[offset + PREDECESSOR] = predecessor;
    chunk[offset + MOVE] = move;
    for (let column = 0; column < this.width; column += 1) chunk[offset + ROW + column] = row[column] as number;
    return index;
  }

  #isAt(index: number, row: Int32Array): boolean {
    const chunk = this.#records.chunk(index);
    const offset = this.#records.offset(index) + ROW;
    for (let column = 0; column < this.width; column += 1) {
      if (chunk[offset + column] !== row[column]) return false;
    }
    return true;
  }

  #grow(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let index = 0; index < this.size; index += 1) {
      let slot = this.#hash(this.#records.chunk(index), this.#records.offset(index) + ROW) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = index + 1;
    }
    this.#slots = slots;
  }

  /** Murmur3 over the integers of a row: cheap, and small differences between rows reach every bit. */
  #hash(from: Int32Array, offset: number): number {
    let hash = 0;
    for (let column = 0; column < this.width; column += 1) {
      const mixed = Math.imul(from[offset + column] as number, 0xcc9e2d51);
      hash ^= Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
      hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
    }
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return hash ^ (hash >>> 16);
  }
}
