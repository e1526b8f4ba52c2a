import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLineReader, GARBLED_HEAD_BYTES, type Line, MAX_JSON_DEPTH, readLine } from '../src/framing.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function linesOf(chunks: readonly Uint8Array[], maxBytes?: number): Line[] {
  const lines: Line[] = [];
  const reader = createLineReader((line) => lines.push(line), maxBytes);
  for (const chunk of chunks) reader.push(chunk);
  reader.end();
  return lines;
}

describe('the line reader', () => {
  it('gives the same lines however the bytes are split', () => {
    const text = '{"a":1}\n[2,"ключ"]\r\n\nbanner\n{"b":"\u{1f680}"}\ntail';
    const whole = linesOf([bytes(text)]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 60 }), (sizes) => {
        const chunks: Uint8Array[] = [];
        let rest = bytes(text);
        for (const size of sizes) {
          chunks.push(rest.subarray(0, size));
          rest = rest.subarray(size);
        }
        expect(linesOf([...chunks, rest])).toEqual(whole);
      }),
    );
    expect(whole.map((line) => (line.kind === 'json' ? 'json' : line.why))).toEqual([
      'json',
      'json',
      'blank',
      'notJson',
      'json',
      'cutOff',
    ]);
  });

  it('reports a line beyond the bound once, as soon as it is crossed, and goes on with the next line', () => {
    const seen: Line[] = [];
    const reader = createLineReader((line) => seen.push(line), 10);
    reader.push(bytes('x'.repeat(8)));
    expect(seen).toEqual([]);
    reader.push(bytes('x'.repeat(8)));
    expect(seen).toEqual([{ kind: 'garbled', why: 'tooLong', text: 'x'.repeat(16), bytes: 16 }]);
    reader.push(bytes(`${'x'.repeat(500)}\n{}\n`));
    expect(seen.slice(1)).toEqual([{ kind: 'json', json: {}, bytes: 2 }]);
  });

  it('takes a line of exactly the bound', () => {
    expect(linesOf([bytes('[1,2,3,4]\n')], 9)).toEqual([{ kind: 'json', json: [1, 2, 3, 4], bytes: 9 }]);
  });

  it('keeps only the beginning of what is no message', () => {
    const [line] = linesOf([bytes(`${'y'.repeat(GARBLED_HEAD_BYTES + 5)}\n`)]);
    expect(line).toMatchObject({ why: 'notJson', bytes: GARBLED_HEAD_BYTES + 5 });
    expect(line?.kind === 'garbled' && line.text.length).toBe(GARBLED_HEAD_BYTES);
  });

  it('ignores chunks after the end', () => {
    const seen: Line[] = [];
    const reader = createLineReader((line) => seen.push(line));
    reader.end();
    reader.push(bytes('{}\n'));
    reader.end();
    expect(seen).toEqual([]);
  });
});

describe('a line', () => {
  it('is not UTF-8 when a byte is wrong, even where JSON would be valid', () => {
    expect(readLine(new Uint8Array([0x22, 0xff, 0x22]))).toMatchObject({ kind: 'garbled', why: 'notUtf8' });
  });

  it('is no JSON when it begins with a byte order mark', () => {
    expect(readLine(bytes('\ufeff{}'))).toMatchObject({ kind: 'garbled', why: 'notJson' });
  });

  it('is no JSON when it is nested deeper than any parser goes', () => {
    expect(readLine(bytes('['.repeat(100_000)))).toMatchObject({ kind: 'garbled', why: 'notJson' });
  });

  it('is too long for us when it is JSON that is nested deeper than the bound', () => {
    const deep = '['.repeat(MAX_JSON_DEPTH + 1) + ']'.repeat(MAX_JSON_DEPTH + 1);
    expect(readLine(bytes(deep))).toEqual({ kind: 'garbled', why: 'tooLong', text: deep, bytes: deep.length });
    const tree = `[1,{"a":[{"b":${deep}}]}]`;
    expect(readLine(bytes(tree))).toMatchObject({ kind: 'garbled', why: 'tooLong' });
  });

  it('is JSON when it is nested as deep as the bound, and can be written again', () => {
    const deep = '['.repeat(MAX_JSON_DEPTH) + ']'.repeat(MAX_JSON_DEPTH);
    const line = readLine(bytes(deep));
    expect(line.kind === 'json' && JSON.stringify(line.json)).toBe(deep);
  });

  it('is JSON when it is wide, however wide', () => {
    const wide = `[${'[],'.repeat(300_000)}[]]`;
    expect(readLine(bytes(wide)).kind).toBe('json');
  });

  it('may end in a carriage return', () => {
    expect(readLine(bytes('{"a":1}\r'))).toEqual({ kind: 'json', json: { a: 1 }, bytes: 8 });
  });
});
