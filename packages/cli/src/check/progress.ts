import type { Sink } from '../io.js';
import { clip } from '../report/text.js';

/** Back to the beginning of the line, and nothing left on it. */
const CLEAR_LINE = '\r\u001b[K';

/** What goes on, as a single line that is rewritten; nothing at all where no terminal shows it. */
export class Progress {
  readonly #sink: Sink;
  #isShown = false;

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  /** @param runId such as `sigterm@2025-11-25` */
  show(runId: string, index: number, total: number): void {
    this.line(`${index}/${total} ${runId.replace('@', ' ')}`);
  }

  /** Shows this, in the place of what was shown before. */
  line(line: string): void {
    if (!this.#sink.isTTY) return;
    this.#isShown = true;
    this.#sink.write(CLEAR_LINE + clip(line, (this.#sink.columns ?? 80) - 1));
  }

  /** Makes room for something else. */
  clear(): void {
    if (this.#isShown) this.#sink.write(CLEAR_LINE);
    this.#isShown = false;
  }
}
