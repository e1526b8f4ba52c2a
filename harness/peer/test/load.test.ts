import { describe, expect, it } from 'vitest';
import { usageOf, usedBetween } from '../src/load.js';

describe('the processor time of a group', () => {
  it.each<[string, readonly [number, number][], readonly [number, number][], number]>([
    [
      'is that of its members together',
      [
        [1, 100],
        [2, 50],
      ],
      [
        [1, 130],
        [2, 70],
      ],
      50,
    ],
    [
      'counts whole whoever came meanwhile',
      [[1, 100]],
      [
        [1, 100],
        [3, 40],
      ],
      40,
    ],
    [
      'does not count whoever went meanwhile',
      [
        [1, 100],
        [2, 50],
      ],
      [[1, 110]],
      10,
    ],
    ['is never less than nothing', [[1, 100]], [[1, 20]], 0],
  ])('%s', (_, before, after, used) => {
    expect(usedBetween(new Map(before), new Map(after))).toBe(used);
  });

  it.skipIf(process.platform !== 'linux')('is nothing for a group without members', () => {
    expect(usageOf(2 ** 30)).toEqual(new Map());
  });
});
