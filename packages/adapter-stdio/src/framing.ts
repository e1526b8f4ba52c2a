/** The default bound on one line, in bytes: the line counts, not what is buffered. */
export const MAX_LINE_BYTES = 64 * 1024 * 1024;

/** How much of a line that is no message is kept as text, in bytes. */
export const GARBLED_HEAD_BYTES = 8 * 1024;

/** How deep JSON may be nested: what is deeper overflows the stack of whoever walks it, JSON.stringify included. */
export const MAX_JSON_DEPTH = 1000;

/** What one line of output was. `bytes` counts the line without its newline. */
export type Line =
  | { readonly kind: 'json'; readonly json: unknown; readonly bytes: number }
  /**
   * No JSON text. `text` is its beginning, at most {@link GARBLED_HEAD_BYTES}. `blank`: nothing but white space;
   * `tooLong`: the bound was crossed and the rest of the line is dropped, or it is nested deeper than
   * {@link MAX_JSON_DEPTH}; `cutOff`: output ended before the newline.
   */
  | {
      readonly kind: 'garbled';
      readonly why: 'blank' | 'notJson' | 'notUtf8' | 'tooLong' | 'cutOff';
      readonly text: string;
      readonly bytes: number;
    };

/** Cuts a byte stream into lines; the work is linear in the bytes, however they are split into chunks. */
export interface LineReader {
  /** Takes the next bytes; calls back once for each line they complete, in order, before it returns. */
  push(chunk: Uint8Array): void;
  /** The stream has ended: a tail without a newline comes out as `cutOff`. Later chunks are ignored. */
  end(): void;
}

/**
 * Starts reading lines (`2025-11-25/transports/stdio-newlines`).
 * @param onLine called for each line, also for an empty one
 * @param maxBytes a longer line is reported once, as `tooLong`, as soon as the bound is crossed
 */
export function createLineReader(onLine: (line: Line) => void, maxBytes = MAX_LINE_BYTES): LineReader {
  let pieces: Uint8Array[] = [];
  let size = 0;
  let skipping = false;
  let ended = false;

  const keep = (piece: Uint8Array): void => {
    if (skipping || piece.length === 0) return;
    pieces.push(piece);
    size += piece.length;
    if (size <= maxBytes) return;
    skipping = true;
    onLine({ kind: 'garbled', why: 'tooLong', text: head(join(pieces, GARBLED_HEAD_BYTES)), bytes: size });
    pieces = [];
  };
  const complete = (): void => {
    const bytes = skipping ? null : join(pieces, size);
    pieces = [];
    size = 0;
    skipping = false;
    if (bytes !== null) onLine(readLine(bytes));
  };

  return {
    push(chunk) {
      if (ended) return;
      let start = 0;
      for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, start)) {
        keep(chunk.subarray(start, at));
        complete();
        start = at + 1;
      }
      keep(chunk.subarray(start));
    },
    end() {
      if (!ended && !skipping && size > 0) {
        onLine({ kind: 'garbled', why: 'cutOff', text: head(join(pieces, size)), bytes: size });
      }
      ended = true;
      pieces = [];
    },
  };
}

/** Reads one line, given without its newline. A carriage return at its end is white space to JSON. */
export function readLine(bytes: Uint8Array): Line {
  let text: string;
  try {
    text = strictUtf8.decode(bytes);
  } catch {
    return { kind: 'garbled', why: 'notUtf8', text: head(bytes), bytes: bytes.length };
  }
  if (text.trim() === '') return { kind: 'garbled', why: 'blank', text: head(bytes), bytes: bytes.length };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { kind: 'garbled', why: 'notJson', text: head(bytes), bytes: bytes.length };
  }
  // Each level takes two characters: most lines are too short to be deep.
  if (bytes.length > 2 * MAX_JSON_DEPTH && isTooDeep(json)) {
    return { kind: 'garbled', why: 'tooLong', text: head(bytes), bytes: bytes.length };
  }
  return { kind: 'json', json, bytes: bytes.length };
}

const NEWLINE = 0x0a;
// ignoreBOM: a byte order mark is no part of JSON text (RFC 8259, section 8.1), so it has to stay visible.
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenientUtf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** Level by level, since to recurse is what must be avoided. */
function isTooDeep(json: unknown): boolean {
  let level: readonly unknown[] = [json];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth === MAX_JSON_DEPTH) return true;
    const below: unknown[] = [];
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue;
      for (const item of Object.values(value)) if (typeof item === 'object' && item !== null) below.push(item);
    }
    level = below;
  }
  return false;
}

function head(bytes: Uint8Array): string {
  return lenientUtf8.decode(bytes.subarray(0, GARBLED_HEAD_BYTES));
}

function join(pieces: readonly Uint8Array[], atMost: number): Uint8Array {
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined) return only.subarray(0, atMost);
  const wanted = Math.min(
    atMost,
    pieces.reduce((sum, piece) => sum + piece.length, 0),
  );
  const joined = new Uint8Array(wanted);
  let at = 0;
  for (const piece of pieces) {
    if (at === wanted) break;
    const part = piece.subarray(0, wanted - at);
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
