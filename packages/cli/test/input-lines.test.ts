import { describe, expect, it } from 'vitest';
import { inputLines } from '../src/input-lines.ts';

describe('the lines of an input', () => {
  it('are the same however the bytes are cut', async () => {
    const bytes = Buffer.from('{"a":"ä"}\r\n\nß\u2028 still the same line\nno newline');
    const expected = ['{"a":"ä"}', '', 'ß\u2028 still the same line', 'no newline'];
    for (const size of [1, 2, 3, 1000]) {
      expect((await linesOf(pieces(bytes, size))).map(({ text }) => text)).toEqual(expected);
    }
  });

  it('are counted from 1, and tell what has no newline behind it', async () => {
    const lines = await linesOf(pieces(Buffer.from('a\nb'), 1));
    expect(lines).toEqual([
      { number: 1, text: 'a', fault: null, isTail: false },
      { number: 2, text: 'b', fault: null, isTail: true },
    ]);
    expect(await linesOf(pieces(Buffer.from('a\n'), 1))).toHaveLength(1);
  });

  it('tell what is no UTF-8, and go on', async () => {
    const lines = await linesOf(pieces(Buffer.from([0x61, 0xe4, 0x0a, 0x62, 0x0a]), 2));
    expect(lines.map(({ text, fault }) => [text, fault])).toEqual([
      [null, 'notUtf8'],
      ['b', null],
    ]);
  });

  it('are not held when they are longer than anything can be, and the next one is read', async () => {
    const mebibyte = Buffer.alloc(1024 * 1024, 'x');
    const long = [...Array.from({ length: 65 }, () => mebibyte), Buffer.from('\nb\n')];
    const lines = await linesOf(long);
    expect(lines.map(({ text, fault }) => [text, fault])).toEqual([
      [null, 'tooLong'],
      ['b', null],
    ]);
  });
});

async function linesOf(chunks: Iterable<Uint8Array>) {
  const lines = [];
  for await (const line of inputLines(streamed(chunks))) lines.push(line);
  return lines;
}

async function* streamed(chunks: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

function* pieces(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
