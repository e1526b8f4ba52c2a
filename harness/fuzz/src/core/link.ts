import { createLineReader, type Line, type LineReader, readLine } from '@mcp-lifeline/adapter-stdio/framing';
import type { Garble, Json } from '@mcp-lifeline/core';
import type { LinkKind } from './case.js';

/** What a link brings to its receiver. */
export type Arrival =
  | { readonly type: 'received'; readonly json: unknown }
  | { readonly type: 'garbled'; readonly why: Garble; readonly text: string; readonly bytes: number }
  | { readonly type: 'ended' };

/** How much may arrive at once: see the move `deliver`. */
export interface Portion {
  readonly count: number;
  readonly cut: number;
  readonly every: number;
}

/** One direction of a channel: nothing is lost, nothing overtakes, and nothing arrives by itself. */
export interface Link {
  /** Whether everything has arrived, the end included where there is one. */
  readonly isIdle: boolean;
  send(message: unknown): void;
  /** Bytes that are no message, as one line. */
  garble(text: string): void;
  /** Bytes that need not be whole lines. */
  sendBytes(bytes: Uint8Array): void;
  /** Nothing more is sent; the second end changes nothing. */
  end(): void;
  /** What was sent last has not left its sender, and never will. */
  lose(count: number): void;
  /** The receiver stops listening: nothing more arrives. */
  drop(): void;
  deliver(portion: Portion): void;
  /** The next messages arrive as one batch, up to one that is no message, or half of which has arrived, or a batch itself. */
  deliverBatch(count: number): void;
}

/** A link to whoever takes what arrives. The longest line is short, so that it is met. */
export function createLink(kind: LinkKind, take: (arrival: Arrival) => void): Link {
  return kind === 'bytes' ? new ByteLink(take) : new MessageLink(kind, take);
}

/** The longest line that a link of bytes takes, in bytes. */
export const MAX_LINE = 4_096;

type Item = { readonly json: unknown } | { readonly garbled: Extract<Arrival, { readonly type: 'garbled' }> };

class MessageLink implements Link {
  readonly #kind: LinkKind;
  readonly #take: (arrival: Arrival) => void;
  #items: Item[] = [];
  #hasEnded = false;
  #isDone = false;

  constructor(kind: LinkKind, take: (arrival: Arrival) => void) {
    this.#kind = kind;
    this.#take = take;
  }

  get isIdle(): boolean {
    return this.#isDone || (this.#items.length === 0 && !this.#hasEnded);
  }

  send(message: unknown): void {
    if (this.#hasEnded || this.#isDone) return;
    this.#items.push({ json: this.#kind === 'json' ? JSON.parse(JSON.stringify(message)) : frozen(message) });
  }

  garble(text: string): void {
    this.sendBytes(ENCODER.encode(text));
  }

  sendBytes(bytes: Uint8Array): void {
    if (this.#hasEnded || this.#isDone) return;
    const line = readLine(bytes);
    this.#items.push(line.kind === 'json' ? { json: line.json } : { garbled: garbled(line) });
  }

  end(): void {
    this.#hasEnded = true;
  }

  lose(count: number): void {
    if (!this.#hasEnded) this.#items = this.#items.slice(0, Math.max(0, this.#items.length - count));
  }

  drop(): void {
    this.#isDone = true;
    this.#items = [];
  }

  deliver({ count }: Portion): void {
    if (this.#isDone) return;
    if (this.#items.length === 0 && this.#hasEnded) {
      this.#isDone = true;
      this.#take({ type: 'ended' });
      return;
    }
    for (const item of this.#items.splice(0, count)) {
      if (this.#isDone) return;
      this.#take('json' in item ? { type: 'received', json: item.json } : item.garbled);
    }
  }

  deliverBatch(count: number): void {
    const members: unknown[] = [];
    for (const item of this.#items.slice(0, count)) {
      if (!('json' in item) || Array.isArray(item.json)) break;
      members.push(item.json);
    }
    this.#items.splice(0, members.length);
    if (members.length > 0) this.#take({ type: 'received', json: members });
  }
}

class ByteLink implements Link {
  readonly #take: (arrival: Arrival) => void;
  readonly #reader: LineReader;
  /** What has not arrived, by line; half of the first may have. */
  #lines: Uint8Array[] = [];
  #isCut = false;
  #hasEnded = false;
  #isDone = false;

  constructor(take: (arrival: Arrival) => void) {
    this.#take = (arrival) => {
      if (!this.#isDone) take(arrival);
    };
    this.#reader = createLineReader((line) => this.#take(arrivalOf(line)), MAX_LINE);
  }

  get isIdle(): boolean {
    return this.#isDone || (this.#lines.length === 0 && !this.#hasEnded);
  }

  send(message: unknown): void {
    this.sendBytes(ENCODER.encode(`${JSON.stringify(message)}\n`));
  }

  garble(text: string): void {
    this.sendBytes(ENCODER.encode(`${text}\n`));
  }

  sendBytes(bytes: Uint8Array): void {
    if (!this.#hasEnded && !this.#isDone && bytes.length > 0) this.#lines.push(bytes);
  }

  end(): void {
    this.#hasEnded = true;
  }

  lose(count: number): void {
    let left = this.#hasEnded ? 0 : count;
    while (left > 0) {
      const last = this.#lines.pop();
      if (last === undefined) return;
      if (last.length > left) this.#lines.push(last.subarray(0, last.length - left));
      left -= last.length;
    }
  }

  drop(): void {
    this.#reader.end();
    this.#isDone = true;
    this.#lines = [];
  }

  deliver({ count, cut, every }: Portion): void {
    if (this.#isDone) return;
    if (this.#lines.length === 0 && this.#hasEnded) {
      this.#reader.end();
      this.#take({ type: 'ended' });
      this.#isDone = true;
      return;
    }
    const whole = this.#lines.slice(0, count).reduce((sum, line) => sum + line.length, 0);
    const chunk = this.#shift(Math.max(1, whole + cut));
    const piece = every === 0 ? Math.max(1, chunk.length) : every;
    for (let at = 0; at < chunk.length; at += piece) this.#reader.push(chunk.subarray(at, at + piece));
  }

  deliverBatch(count: number): void {
    const members: unknown[] = [];
    for (const bytes of this.#isCut ? [] : this.#lines.slice(0, count)) {
      const line = readLine(bytes.subarray(0, -1));
      if (line.kind !== 'json' || Array.isArray(line.json)) break;
      members.push(line.json);
    }
    this.#lines.splice(0, members.length);
    if (members.length > 0) this.#reader.push(ENCODER.encode(`${JSON.stringify(members)}\n`));
  }

  /** Takes off that many bytes, or all there are. */
  #shift(count: number): Uint8Array {
    const pieces: Uint8Array[] = [];
    let left = count;
    while (left > 0) {
      const line = this.#lines.shift();
      if (line === undefined) break;
      const piece = line.subarray(0, left);
      pieces.push(piece);
      if (piece.length < line.length) this.#lines.unshift(line.subarray(piece.length));
      this.#isCut = piece.length < line.length;
      left -= piece.length;
    }
    return Buffer.concat(pieces);
  }
}

const ENCODER = new TextEncoder();

function arrivalOf(line: Line): Arrival {
  return line.kind === 'json' ? { type: 'received', json: line.json } : garbled(line);
}

function garbled({
  why,
  text,
  bytes,
}: Extract<Line, { readonly kind: 'garbled' }>): Extract<Arrival, { readonly type: 'garbled' }> {
  return { type: 'garbled', why, text, bytes };
}

/** Whoever changes what is passed on by reference changes what belongs to the other end, and throws. */
function frozen(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const item of Object.values(value as Readonly<Record<string, Json>>)) frozen(item);
  return value;
}
