import type { Json } from '@mcp-lifeline/trace';

/** Our answers to the server's requests, on their way out: at once, unless a script wants them later. */
export class Replies {
  readonly #write: (answers: readonly Json[]) => void;
  #afterMs = 0;
  /** Those that wait for a release; null while none has to. */
  #heldBack: Json[] | null = null;

  constructor(write: (answers: readonly Json[]) => void) {
    this.#write = write;
  }

  /** From here on each answer takes so long, in ms. */
  delay(ms: number): void {
    this.#afterMs = ms;
  }

  /** Holds all of them back: the bytes of another message are not whole yet. */
  hold(): void {
    this.#heldBack = [];
  }

  /** Writes those that were held back. */
  release(): void {
    const answers = this.#heldBack ?? [];
    this.#heldBack = null;
    if (answers.length > 0) this.#write(answers);
  }

  /** Sends one. */
  send(answer: Json): void {
    if (this.#afterMs > 0) setTimeout(() => this.#now(answer), this.#afterMs);
    else this.#now(answer);
  }

  #now(answer: Json): void {
    if (this.#heldBack === null) this.#write([answer]);
    else this.#heldBack.push(answer);
  }
}
