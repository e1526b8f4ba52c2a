import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createByteTail } from '../src/byte-tail.js';

describe('the tail of a byte stream', () => {
  it('is empty at first', () => {
    expect(createByteTail(8).text(8)).toBe('');
  });

  it('is the end of all that came, however it was split', () => {
    const chunks = fc.array(fc.string({ unit: 'grapheme-ascii', maxLength: 20 }));
    fc.assert(
      fc.property(chunks, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 16 }), (texts, size, wanted) => {
        const tail = createByteTail(size);
        for (const text of texts) tail.push(Buffer.from(text));
        expect(tail.text(wanted)).toBe(texts.join('').slice(-Math.min(size, wanted)));
      }),
    );
  });

  it('leaves out a character that was cut in two', () => {
    const tail = createByteTail(5);
    tail.push(Buffer.from('€€'));
    expect(tail.text(5)).toBe('€');
    expect(tail.text(4)).toBe('€');
    expect(tail.text(3)).toBe('€');
  });
});
