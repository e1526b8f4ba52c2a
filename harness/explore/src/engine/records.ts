/** Records in a chunk: small systems stay small, and large ones are never copied as they grow. */
const CHUNK_BITS = 13;
const CHUNK_RECORDS = 1 << CHUNK_BITS;
const WITHIN_CHUNK = CHUNK_RECORDS - 1;

/** A growing list of records, each of the same few 32-bit integers. */
export class Records {
  readonly #stride: number;
  readonly #chunks: Int32Array[] = [];
  #length = 0;

  /** @param stride integers in a record */
  constructor(stride: number) {
    this.#stride = stride;
  }

  get length(): number {
    return this.#length;
  }

  /** What is allocated, in bytes. */
  get bytes(): number {
    return this.#chunks.length * CHUNK_RECORDS * this.#stride * Int32Array.BYTES_PER_ELEMENT;
  }

  /** Appends a record of zeros and gives its index. */
  push(): number {
    const index = this.#length;
    if ((index & WITHIN_CHUNK) === 0) this.#chunks.push(new Int32Array(CHUNK_RECORDS * this.#stride));
    this.#length = index + 1;
    return index;
  }

  /** The memory that holds a record, at {@link Records.offset} and behind it. */
  chunk(index: number): Int32Array {
    return this.#chunks[index >>> CHUNK_BITS] as Int32Array;
  }

  /** Where the record begins in its chunk. */
  offset(index: number): number {
    return (index & WITHIN_CHUNK) * this.#stride;
  }

  /** One integer of a record. */
  get(index: number, field: number): number {
    return this.chunk(index)[this.offset(index) + field] as number;
  }

  set(index: number, field: number, value: number): void {
    this.chunk(index)[this.offset(index) + field] = value;
  }
}
