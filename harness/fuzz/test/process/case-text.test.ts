import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { formatCase, parseCase } from '../../src/process/case-text.ts';
import { generate } from '../../src/process/generate.ts';
import { Reached } from '../../src/process/reached.ts';
import { ALL_MEANS } from './made.ts';

describe('a case on one line', () => {
  it('is read as it was written', () => {
    const reached = new Reached();
    for (let seed = 0; seed < 100; seed += 1) {
      const one = generate({ means: ALL_MEANS, offers: ['2025-03-26', '2025-11-25'] }, seed, reached);
      const text = formatCase(one);
      expect(text).toMatch(/^f1\.[\w-]+$/);
      expect(parseCase(text)).toEqual(one);
    }
  });

  it.each<[string, unknown]>([
    ['no list', {}],
    ['a revision that nobody knows', ['1900-01-01', []]],
    ['no acts', ['2025-11-25']],
    ['an act that nobody knows', ['2025-11-25', [{ do: 'explode' }]]],
    ['a request for nothing', ['2025-11-25', [{ do: 'request', as: 1, id: 'number' }]]],
    ['a request without a name', ['2025-11-25', [{ do: 'request', ask: 'ping', id: 'number' }]]],
    ['a batch of something else', ['2025-11-25', [{ do: 'batch', members: [{ do: 'eof' }] }]]],
    ['a pause without an end', ['2025-11-25', [{ do: 'pause', ms: 1e9 }]]],
    ['a pause into the past', ['2025-11-25', [{ do: 'pause', ms: -1 }]]],
    ['a number of pieces that takes days', ['2025-11-25', [request({ pieces: 100_000 })]]],
    ['a member that is no act', ['2025-11-25', [null]]],
  ])('is not read where it holds %s', (_, json) => {
    expect(parseCase(`f1.${deflateRawSync(JSON.stringify(json)).toString('base64url')}`)).toBeNull();
  });

  it.each(['', 'f1.', 'f2.abc', 'f1.%%%', 'f1.AAAA'])('is not read out of %j', (text) => {
    expect(parseCase(text)).toBeNull();
  });

  it('is not read where it would fill the memory', () => {
    const bomb = deflateRawSync(`["2025-11-25",[${' '.repeat(10_000_000)}]]`).toString('base64url');
    expect(parseCase(`f1.${bomb}`)).toBeNull();
  });
});

function request(more: object): object {
  return { do: 'request', ask: 'ping', as: 1, id: 'number', ...more };
}
