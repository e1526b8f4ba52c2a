import { createReadStream, fstatSync, openSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Io } from './io.js';
import { UsageError } from './usage-error.js';

/** A longer line is not kept. In bytes. */
export const MAX_LINE_BYTES = 64 * 1024 * 1024;

/** More than this is not held of one file, or memory would run out. In characters. */
export const MAX_TEXT = 256 * 1024 * 1024;

/** One line of a file. */
export interface InputLine {
  /** Counted from 1. */
  readonly number: number;
  /** Without its newline, and without a carriage return before it; null for what could not be read. */
  readonly text: string | null;
  /** Why it could not be read. */
  readonly fault: 'tooLong' | 'notUtf8' | null;
  /** It stands behind the last newline: there may have been more of it. */
  readonly isTail: boolean;
}

/**
 * Opens a file, or standard input.
 * @param path `-` is standard input
 * @param what the command that wants it, for the message
 * @throws UsageError when it cannot be read
 */
export function openInput(path: string, named: string, what: string, io: Io): AsyncIterable<Uint8Array> {
  if (path === '-') return io.stdin;
  try {
    const fd = openSync(path, 'r');
    if (fstatSync(fd).isDirectory()) throw Object.assign(new Error('is a folder'), { code: 'EISDIR' });
    return createReadStream(path, { fd });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'it does not exist' : code === 'EISDIR' ? 'it is a folder' : (code ?? message);
    throw new UsageError(`${what}: ${named} cannot be read: ${why}`);
  }
}

/** An input as people call it. */
export function inputName(path: string): string {
  return path === '-' ? 'standard input' : path;
}

/**
 * Makes sure that no output takes the place of the input.
 * @param outputs the files that are to be written, by the options that ask for them; null for none
 * @throws UsageError
 */
export function expectOtherPlaces(input: string, outputs: Readonly<Record<string, string | null>>, cwd: string): void {
  if (input === '-') return;
  for (const [option, output] of Object.entries(outputs)) {
    if (output === null || output === '-' || resolve(cwd, output) !== resolve(cwd, input)) continue;
    throw new UsageError(`${option} would overwrite ${input}`);
  }
}

/**
 * Cuts bytes into lines, one after the other, so that a file of any length can be read.
 *
 * Only a newline ends a line: Node's own reader of lines also cuts at U+2028, which JSON may hold as it is.
 */
export async function* inputLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<InputLine> {
  const line = new LineBuffer();
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      line.add(chunk.subarray(start, end));
      yield line.take(false);
      start = end + 1;
    }
    line.add(chunk.subarray(start));
  }
  if (!line.isEmpty) yield line.take(true);
}

const NEWLINE = 0x0a;

class LineBuffer {
  #pieces: Uint8Array[] = [];
  #bytes = 0;
  #number = 0;

  get isEmpty(): boolean {
    return this.#bytes === 0;
  }

  add(piece: Uint8Array): void {
    this.#bytes += piece.length;
    if (this.#bytes > MAX_LINE_BYTES) this.#pieces = [];
    else if (piece.length > 0) this.#pieces.push(piece);
  }

  take(isTail: boolean): InputLine {
    const isTooLong = this.#bytes > MAX_LINE_BYTES;
    const text = isTooLong ? null : textOf(Buffer.concat(this.#pieces));
    this.#pieces = [];
    this.#bytes = 0;
    this.#number += 1;
    const fault = isTooLong ? 'tooLong' : text === null ? 'notUtf8' : null;
    return { number: this.#number, text, fault, isTail };
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Null for what is no UTF-8. */
function textOf(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes).replace(/\r$/, '');
  } catch {
    return null;
  }
}
