import { createRedactor, type Redactor } from '@mcp-lifeline/trace';
import { describe, expect, it } from 'vitest';
import { createStderrLog, KEPT_CHARACTERS, LINE_CHARACTERS, TAIL_CHARACTERS } from '../src/stderr-log.js';

describe('the log of stderr', () => {
  it('puts lines together, however the bytes are split', () => {
    const all = bytes('first\nключ \u{1f680}\n\nlast\n');
    for (let size = 1; size <= all.length; size += 1) {
      const { push, lines } = logged();
      for (let at = 0; at < all.length; at += size) push(all.subarray(at, at + size));
      expect(lines).toEqual([
        ['first', 5],
        ['ключ \u{1f680}', 13],
        ['last', 4],
      ]);
    }
  });

  it('takes a line without its newline when no more will come', () => {
    const { push, end, lines } = logged();
    push(bytes('one\ntwo'));
    expect(lines).toEqual([['one', 3]]);
    end();
    end();
    expect(lines).toEqual([
      ['one', 3],
      ['two', 3],
    ]);
  });

  it('takes a carriage return for the end of a line: a progress bar writes no other', () => {
    const { push, lines, tail } = logged();
    push(bytes('10 %\r100 %\r\ndone\n'));
    expect(lines.map(([text]) => text)).toEqual(['10 %', '100 %', 'done']);
    expect(tail()).toBe('10 %\n100 %\ndone\n');
  });

  it('keeps only the beginning of a long line, and counts all of it', () => {
    const { push, lines } = logged();
    for (let count = 0; count < 100; count += 1) push(bytes('x'.repeat(LINE_CHARACTERS)));
    push(bytes('\nnext\n'));
    expect(lines).toEqual([
      ['x'.repeat(LINE_CHARACTERS), 100 * LINE_CHARACTERS],
      ['next', 4],
    ]);
  });

  it('stops telling lines when it has told enough, and still knows the end', () => {
    const { push, end, lines, tail } = logged();
    for (let count = 0; count < 5000; count += 1) push(bytes(`${'y'.repeat(99)}\n`));
    push(bytes('the reason\n'));
    end();
    const told = lines.reduce((sum, [text]) => sum + text.length, 0);
    expect(told).toBeGreaterThanOrEqual(KEPT_CHARACTERS);
    expect(told).toBeLessThan(KEPT_CHARACTERS + 100);
    expect(tail().endsWith('\nthe reason\n')).toBe(true);
  });

  it('keeps no more than so much of the end', () => {
    const { push, tail } = logged();
    push(bytes('z'.repeat(3 * TAIL_CHARACTERS)));
    expect(tail()).toHaveLength(LINE_CHARACTERS);
    push(bytes(`\n${'ab\n'.repeat(TAIL_CHARACTERS)}`));
    expect(tail()).toHaveLength(TAIL_CHARACTERS);
    expect(tail().endsWith('ab\nab\n')).toBe(true);
  });

  it('shows the open line in its end', () => {
    const { push, tail } = logged();
    push(bytes('done\nworking'));
    expect(tail()).toBe('done\nworking');
  });

  it('holds on to no more than the beginning of a flood without a newline', () => {
    const { push, end, lines } = logged();
    const chunk = bytes('f'.repeat(64 * 1024));
    for (let count = 0; count < 2000; count += 1) push(chunk);
    end();
    expect(lines).toEqual([['f'.repeat(LINE_CHARACTERS), 2000 * 64 * 1024]]);
  });
});

describe('a secret in stderr', () => {
  it('is not shown when a chunk cuts it in two', () => {
    const { push, lines, tail } = logged(SECRET);
    push(bytes('key: hunt'));
    expect(tail()).toBe('key: env#KEY');
    push(bytes('er22!\n'));
    expect(lines).toEqual([['key: env#KEY!', 14]]);
    expect(tail()).toBe('key: env#KEY!\n');
  });

  it.each([1, 3, 7])('is not shown when the bound of a line cuts it after %i characters', (size) => {
    const { push, lines, tail } = logged(SECRET);
    push(bytes(`${'.'.repeat(LINE_CHARACTERS - size)}hunter22...\n`));
    expect(lines.map(([text]) => text)).toEqual([`${'.'.repeat(LINE_CHARACTERS - size)}env#KEY`]);
    expect(tail()).not.toContain('hunter'.slice(0, size));
  });

  it('is not shown when the end that is kept begins in the middle of it', () => {
    for (let size = 1; size < 8; size += 1) {
      const { push, tail } = logged(SECRET);
      push(bytes(`hunter22${'\n.'.repeat((TAIL_CHARACTERS - size) / 2)}`));
      expect(tail()).not.toMatch(/unter22|nter22|ter22|er22|r22|22/);
    }
  });

  it('is not shown when the process died in the middle of it', () => {
    const { push, end, lines, tail } = logged(SECRET);
    push(bytes('key: hunter2'));
    end();
    expect(lines.map(([text]) => text)).toEqual(['key: env#KEY']);
    expect(tail()).toBe('key: env#KEY\n');
  });

  it('is not shown when it has several lines', () => {
    const redactor = createRedactor();
    redactor.add('env#PEM', '-----BEGIN KEY-----\nMIIBVgIBADANBg\n-----END KEY-----\n');
    const { push, lines } = logged(redactor);
    push(bytes('using -----BEGIN KEY-----\nMIIBVgIBADANBg\n-----END KEY-----\n'));
    expect(lines.map(([text]) => text)).toEqual(['using env#PEM', 'env#PEM', 'env#PEM']);
  });
});

const SECRET = createRedactor();
SECRET.add('env#KEY', 'hunter22');

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function logged(redactor: Redactor = createRedactor()) {
  const lines: [text: string, bytes: number][] = [];
  const log = createStderrLog(redactor, (text, size) => lines.push([text, size]));
  return { ...log, lines };
}
