import { setMaxListeners } from 'node:events';
import { stoppedBy } from '../exit-code.js';
import type { Io, StopSignal } from '../io.js';

/** Turns the first signal into an abort, and the second one into an end at once. */
export class Interruption {
  readonly #controller = new AbortController();
  readonly #stop: () => void;
  #signal: StopSignal | null = null;

  constructor(io: Io) {
    // Every run that goes on listens to it, and there may be many side by side.
    setMaxListeners(0, this.#controller.signal);
    this.#stop = io.onSignal((signal) => {
      if (this.#signal !== null) return io.exit(stoppedBy(signal));
      this.#signal = signal;
      this.#controller.abort();
    });
  }

  /** Aborted by the first signal. */
  get abortSignal(): AbortSignal {
    return this.#controller.signal;
  }

  /** The first signal, once it came. */
  get signal(): StopSignal | null {
    return this.#signal;
  }

  /** Gives the signals back. */
  stop(): void {
    this.#stop();
  }
}
