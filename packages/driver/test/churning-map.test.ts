import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChurningMap } from '../src/churning-map.ts';

describe('a churning map', () => {
  it('holds what a map holds, however much passes through it', () => {
    const moves = fc.array(fc.tuple(fc.boolean(), fc.nat({ max: 40 }), fc.nat()), { maxLength: 50 });
    fc.assert(
      fc.property(fc.nat({ max: 2_000 }), moves, (passed, all) => {
        const churning = new ChurningMap<number, number>();
        const plain = new Map<number, number>();
        for (let key = 100; key < 100 + passed; key += 1) {
          churning.set(key, key);
          churning.delete(key);
        }
        for (const [sets, key, value] of all) {
          if (sets) {
            churning.set(key, value);
            plain.set(key, value);
          } else expect(churning.delete(key)).toBe(plain.delete(key));
          expect(churning.get(key)).toBe(plain.get(key));
        }
      }),
    );
  });

  it('keeps what stays in it while a hundred thousand others come and go', () => {
    const map = new ChurningMap<number, string>();
    map.set(-1, 'stays');
    for (let key = 0; key < 100_000; key += 1) {
      map.set(key, 'goes');
      expect(map.delete(key)).toBe(true);
    }
    expect(map.get(-1)).toBe('stays');
    expect(map.get(99_999)).toBeUndefined();
    expect(map.delete(99_999)).toBe(false);
  });
});
