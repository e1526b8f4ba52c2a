import { describe, expect, it } from 'vitest';
import { looksLike } from '../../invariants/wire.js';

describe('what an id looks like', () => {
  it.each([
    ['7', '7'],
    ['"7"', 7],
    ['7', 7],
  ])('%s looks like %j', (key, id) => {
    expect(looksLike(key, id)).toBe(true);
  });

  it.each(['[7]', '{}', '{"toString":1}'])('%s, which can be no id, looks like none', (key) => {
    expect(looksLike(key, 7)).toBe(false);
    expect(looksLike(key, '7')).toBe(false);
  });
});
