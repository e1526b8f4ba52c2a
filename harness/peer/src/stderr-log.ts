/** Takes in a server's stderr: lines for the trace up to a bound, and always the end of it for messages. */
export interface StderrLog {
  push(chunk: Uint8Array): void;
  /** No more will come: a line without its newline counts now. */
  end(): void;
  /** The last {@link TAIL_CHARACTERS} characters. */
  tail(): string;
}

const TAIL_CHARACTERS = 8 * 1024;
/** A trace keeps this much of stderr; the rest is drained and dropped. In characters. */
const KEPT_CHARACTERS = 64 * 1024;
const LINE_CHARACTERS = 8 * 1024;

/**
 * Starts with nothing.
 * @param onLine called with whole lines, so that a secret is never cut in two by a chunk
 */
export function createStderrLog(onLine: (text: string, bytes: number) => void): StderrLog {
  const decoder = new TextDecoder();
  let open = '';
  let tail = '';
  let kept = 0;
  const emit = (line: string): void => {
    if (kept >= KEPT_CHARACTERS || line === '') return;
    kept += line.length;
    onLine(line, Buffer.byteLength(line));
  };
  const take = (text: string): void => {
    tail = (tail + text).slice(-TAIL_CHARACTERS);
    const lines = (open + text).split('\n');
    open = lines.pop() ?? '';
    for (const line of lines) emit(line.slice(0, LINE_CHARACTERS));
    if (open.length > 2 * LINE_CHARACTERS) {
      emit(open.slice(0, LINE_CHARACTERS));
      open = open.slice(LINE_CHARACTERS);
    }
  };
  return {
    push: (chunk) => take(decoder.decode(chunk, { stream: true })),
    end: () => {
      take(decoder.decode());
      emit(open.slice(0, LINE_CHARACTERS));
      open = '';
    },
    tail: () => tail,
  };
}
