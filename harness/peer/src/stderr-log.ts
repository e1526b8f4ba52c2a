import type { Redactor } from '@mcp-lifeline/trace';

/** Takes in a server's stderr: lines for the trace up to a bound, and always the end of it for messages. */
export interface StderrLog {
  push(chunk: Uint8Array): void;
  /** No more will come: a line without its newline counts now. */
  end(): void;
  /** At most the last {@link TAIL_CHARACTERS} characters, secrets replaced. */
  tail(): string;
}

/** How much of the end is kept for messages, in characters. */
export const TAIL_CHARACTERS = 8 * 1024;
/** A trace keeps this much of stderr; the rest is drained and dropped. In characters. */
export const KEPT_CHARACTERS = 64 * 1024;
/** Of a longer line only the beginning is kept. In characters. */
export const LINE_CHARACTERS = 8 * 1024;

/**
 * Starts with nothing. A carriage return ends a line too: progress bars write nothing else.
 *
 * Secrets are replaced in whole lines, before anything is cut: neither a chunk nor a bound leaves half of one readable.
 * @param onLine called for each line that is not empty; `bytes` counts all of it, also where `text` is its beginning
 */
export function createStderrLog(redactor: Redactor, onLine: (text: string, bytes: number) => void): StderrLog {
  const decoder = new TextDecoder();
  let open = '';
  let bytes = 0;
  let tail = '';
  let kept = 0;

  const add = (part: string): void => {
    bytes += Buffer.byteLength(part);
    if (open.length <= LINE_CHARACTERS) open += part.slice(0, LINE_CHARACTERS + 1 - open.length);
  };
  const openText = (isWhole: boolean): string => {
    const isCut = !isWhole || open.length > LINE_CHARACTERS;
    return isCut ? redactor.head(open.slice(0, LINE_CHARACTERS)) : redactor.text(open);
  };
  const complete = (isWhole: boolean): void => {
    const text = openText(isWhole);
    if (text !== '') {
      tail = `${tail}${text}\n`.slice(-TAIL_CHARACTERS);
      if (kept < KEPT_CHARACTERS) onLine(text, bytes);
      kept += text.length;
    }
    open = '';
    bytes = 0;
  };
  const take = (text: string): void => {
    const [first = '', ...rest] = text.split(/[\r\n]/);
    add(first);
    for (const part of rest) {
      complete(true);
      add(part);
    }
  };
  return {
    push: (chunk) => take(decoder.decode(chunk, { stream: true })),
    end: () => {
      take(decoder.decode());
      // Whoever was killed may have been in the middle of a secret.
      complete(false);
    },
    tail: () => (tail + openText(false)).slice(-TAIL_CHARACTERS),
  };
}
