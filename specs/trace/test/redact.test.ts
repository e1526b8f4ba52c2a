import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor, type Redactor, SHORTEST_SECRET } from '../src/index.js';

describe('a redactor', () => {
  it('replaces a secret by its label wherever it stands', () => {
    expect(knowing({ 'env#KEY': 'hunter22' }).text('a hunter22, hunter22!')).toBe('a env#KEY, env#KEY!');
  });

  it('refuses what is too short, and leaves it readable', () => {
    const redactor = createRedactor();
    expect(redactor.add('env#PIN', '123')).toBe(false);
    expect(redactor.add('env#EMPTY', '')).toBe(false);
    expect(redactor.text('123')).toBe('123');
    expect(redactor.facts()).toEqual([]);
  });

  it('takes a secret of the shortest length', () => {
    const redactor = createRedactor();
    expect(redactor.add('env#PIN', 'x'.repeat(SHORTEST_SECRET))).toBe(true);
    expect(redactor.text('xxxx')).toBe('env#PIN');
  });

  it('keeps the first label of a value that is added twice', () => {
    const redactor = knowing({ 'env#A': 'hunter22' });
    expect(redactor.add('env#B', 'hunter22')).toBe(true);
    expect(redactor.text('hunter22')).toBe('env#A');
    expect(redactor.facts()).toHaveLength(1);
  });

  it('replaces the longer of two secrets when one contains the other, whichever was added first', () => {
    for (const secrets of [
      { 'env#SHORT': 'hunter', 'env#LONG': 'hunter22' },
      { 'env#LONG': 'hunter22', 'env#SHORT': 'hunter' },
    ]) {
      expect(knowing(secrets).text('hunter22 hunter')).toBe('env#LONG env#SHORT');
    }
  });

  it('leaves nothing of either when two secrets overlap', () => {
    expect(knowing({ 'env#A': 'abcdef', 'env#B': 'defghi' }).text('<abcdefghi>')).toBe('<env#A>');
  });

  it('leaves nothing of a secret that overlaps itself', () => {
    expect(knowing({ 'env#A': 'abab' }).text('<ababab>')).toBe('<env#A>');
  });

  it('finds a secret as it is spelled inside JSON text', () => {
    const secret = 'say "hi"\nand\\go';
    const redactor = knowing({ 'env#KEY': secret });
    const once = JSON.stringify({ key: secret });
    expect(redactor.text(once)).toBe('{"key":"env#KEY"}');
    expect(redactor.text(JSON.stringify({ text: once }))).toBe('{"text":"{\\"key\\":\\"env#KEY\\"}"}');
  });

  it('finds the lines of a secret that has several', () => {
    const redactor = knowing({ 'env#PEM': '-----BEGIN KEY-----\r\nMIIBVgIBADANBg\n}\n-----END KEY-----\n' });
    expect(redactor.text('reading MIIBVgIBADANBg')).toBe('reading env#PEM');
    expect(redactor.text('}')).toBe('}');
  });

  it.each(['$&', '$1', '$$', '$`', "$'", '$<name>'])('takes %s in a label and in a value as it is', (pattern) => {
    expect(knowing({ [`env#${pattern}`]: 'hunter22' }).text('<hunter22>')).toBe(`<env#${pattern}>`);
    expect(knowing({ 'env#KEY': `(.*)${pattern}` }).text(`<(.*)${pattern}>`)).toBe('<env#KEY>');
  });

  it('does not show a secret by a label that contains it', () => {
    const redactor = knowing({ 'env#PASSWORD': 'PASSWORD', 'env#KEY': 'hunter22' });
    expect(redactor.text('PASSWORD hunter22')).toBe('#1 env#KEY');
    expect(redactor.facts().map(({ label }) => label)).toEqual(['#1', 'env#KEY']);
  });

  it('does not spell a secret anew out of a label and its surroundings', () => {
    const redactor = knowing({ bcd: 'hunter22', 'env#B': 'abcde' });
    expect(redactor.text('ahunter22e')).not.toContain('abcde');
  });

  it('replaces a secret in the keys and values of plain data, at any depth', () => {
    const redactor = knowing({ 'env#KEY': 'hunter22' });
    expect(redactor.json({ hunter22: [1, null, true, { a: 'is hunter22' }] })).toEqual({
      'env#KEY': [1, null, true, { a: 'is env#KEY' }],
    });
  });

  it('replaces a number that is a secret, and no other', () => {
    const redactor = knowing({ 'env#PIN': '4711' });
    expect(redactor.json([4711, 47111, -4711, 4711.5])).toEqual(['env#PIN', 47111, -4711, 4711.5]);
  });

  it('gives plain data back as it is while it knows no secret', () => {
    const data = { a: [1] };
    expect(createRedactor().json(data)).toBe(data);
  });

  it('keeps a key that names a prototype', () => {
    const data = JSON.parse('{"__proto__":{"a":"hunter22"}}');
    expect(JSON.stringify(knowing({ 'env#KEY': 'hunter22' }).json(data))).toBe('{"__proto__":{"a":"env#KEY"}}');
  });

  it('tells length and alphabet of each secret, in the order they were added', () => {
    expect(knowing({ 'env#B': 'plain-ascii', 'env#A': 'пароль' }).facts()).toEqual([
      { label: 'env#B', length: 11, visibleAscii: true },
      { label: 'env#A', length: 6, visibleAscii: false },
    ]);
  });
});

describe('the head of a longer text', () => {
  it('shows no beginning of a secret that was cut at its end', () => {
    const redactor = knowing({ 'env#KEY': 'hunter22' });
    for (let size = 1; size <= 8; size += 1) {
      expect(redactor.head(`key ${'hunter22'.slice(0, size)}`)).toBe('key env#KEY');
    }
  });

  it('takes the longest beginning when several secrets might have been cut', () => {
    expect(knowing({ 'env#A': 'abcdef', 'env#LONGER': 'defghijklm' }).head('<abcde')).toBe('<env#A');
  });

  it('shows no beginning of a secret that was cut inside a character', () => {
    const bytes = new TextEncoder().encode('key: пароль');
    const cut = new TextDecoder().decode(bytes.subarray(0, bytes.length - 1));
    expect(cut.endsWith('\ufffd')).toBe(true);
    expect(knowing({ 'env#KEY': 'пароль' }).head(cut)).toBe('key: env#KEY');
  });

  it('replaces whole secrets as well', () => {
    expect(knowing({ 'env#KEY': 'hunter22' }).head('hunter22 and hunt')).toBe('env#KEY and env#KEY');
  });

  it('is the text itself where nothing was cut', () => {
    expect(knowing({ 'env#KEY': 'hunter22' }).head('nothing to see.')).toBe('nothing to see.');
  });
});

describe('whatever the secrets', () => {
  it('none of them occurs in a text that was redacted', () => {
    fc.assert(
      fc.property(fc.dictionary(piece, piece), fc.array(piece), (secrets, parts) => {
        const redactor = knowing(secrets);
        const text = [...parts, ...Object.values(secrets), ...parts].join('');
        const kept = Object.values(secrets).filter((secret) => secret.length >= SHORTEST_SECRET);
        for (const clean of [redactor.text(text), redactor.head(text), ...redactor.facts().map(({ label }) => label)]) {
          for (const secret of kept) expect(clean).not.toContain(secret);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('a text that was redacted stays as it is', () => {
    fc.assert(
      fc.property(fc.dictionary(piece, piece), fc.array(piece), (secrets, parts) => {
        const redactor = knowing(secrets);
        const once = redactor.text(parts.join(''));
        expect(redactor.text(once)).toBe(once);
      }),
    );
  });
});

/** Few letters, so that secrets, labels and texts run into each other. */
const piece = fc.string({ unit: fc.constantFrom('a', 'b', '#', '"', '\\', '\n', '$', '&'), maxLength: 12 });

function knowing(secrets: Readonly<Record<string, string>>): Redactor {
  const redactor = createRedactor();
  for (const [label, value] of Object.entries(secrets)) redactor.add(label, value);
  return redactor;
}
