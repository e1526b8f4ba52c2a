/** How many bytes may wait for a peer before its sender should: the default, 16 MiB. */
export const MAX_QUEUED_BYTES = 16 * 1024 * 1024;

/** What a writer writes to, and whom it tells. */
export interface MessageWriterOptions {
  /**
   * Takes text for writing; false where nothing can be written any more.
   * @param written called later, once the text was taken whole or can never be
   */
  readonly write: (text: string, written: (error?: Error | null) => void) => boolean;
  /** From how many bytes on `queued` is full. */
  readonly highWater: number;
  /** Called when `queued` was full and has fallen to half of that; never within `send`. */
  readonly drained: () => void;
}

/** Writes messages as lines, joined: those of one burst are one write, and so are those that wait for a slow peer. */
export interface MessageWriter {
  /** Queues one message; dropped where nothing can be written any more. What `JSON.stringify` throws is thrown. */
  send(message: unknown): void;
  /** How many bytes were sent and are not yet taken by the other side. */
  readonly queued: number;
  /** Hands over all that waits, however much, so that the stream may be ended behind it. */
  flush(): void;
}

/** Starts writing (`2025-11-25/transports/stdio-newlines`). */
export function createMessageWriter(options: MessageWriterOptions): MessageWriter {
  return new JoiningWriter(options);
}

/** How much is joined into one write, in bytes: a slow peer is seen to take something before it took everything. */
const JOINED_BYTES = 256 * 1024;

class JoiningWriter implements MessageWriter {
  readonly #options: MessageWriterOptions;
  #waiting: string[] = [];
  #waitingBytes = 0;
  #writingBytes = 0;
  #scheduled = false;
  #full = false;
  #broken = false;

  constructor(options: MessageWriterOptions) {
    this.#options = options;
  }

  get queued(): number {
    return this.#waitingBytes + this.#writingBytes;
  }

  send(message: unknown): void {
    if (this.#broken) return;
    const text = JSON.stringify(message);
    this.#waiting.push(text);
    this.#waitingBytes += sizeOf(text);
    if (this.queued >= this.#options.highWater) this.#full = true;
    this.#schedule();
  }

  flush(): void {
    while (this.#waiting.length > 0) this.#writeSome();
  }

  /** One write at a time: what is sent meanwhile is joined into the next. */
  #schedule(): void {
    if (this.#scheduled || this.#writingBytes > 0) return;
    this.#scheduled = true;
    // Behind the microtasks that are under way: what promises send in answer to one chunk is one write.
    process.nextTick(() => {
      this.#scheduled = false;
      if (this.#waiting.length > 0) this.#writeSome();
    });
  }

  #writeSome(): void {
    const { texts, bytes } = this.#takeSome();
    this.#waitingBytes -= bytes;
    this.#writingBytes += bytes;
    const written = (error?: Error | null): void => {
      if (this.#broken) return;
      if (error) {
        this.#break();
        return;
      }
      this.#writingBytes -= bytes;
      if (this.#waiting.length > 0) this.#schedule();
      this.#tellDrained();
    };
    if (!this.#options.write(`${texts.join('\n')}\n`, written)) this.#break();
  }

  #takeSome(): { readonly texts: readonly string[]; readonly bytes: number } {
    if (this.#waitingBytes <= JOINED_BYTES) {
      const texts = this.#waiting;
      this.#waiting = [];
      return { texts, bytes: this.#waitingBytes };
    }
    let count = 0;
    let bytes = 0;
    while (count < this.#waiting.length && bytes < JOINED_BYTES) {
      bytes += sizeOf(this.#waiting[count] ?? '');
      count += 1;
    }
    return { texts: this.#waiting.splice(0, count), bytes };
  }

  #break(): void {
    this.#broken = true;
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#writingBytes = 0;
    // Whoever waits for room must not wait for ever: what is sent now is dropped.
    this.#tellDrained();
  }

  #tellDrained(): void {
    if (!this.#full || this.queued > this.#options.highWater / 2) return;
    this.#full = false;
    this.#options.drained();
  }
}

/** A line's size, its newline included. */
function sizeOf(text: string): number {
  return Buffer.byteLength(text) + 1;
}
