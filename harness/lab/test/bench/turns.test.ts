import { expect, it } from 'vitest';
import { turns } from '../../src/bench/turns.js';

it('lets each subject have its turn before any has its next', () => {
  expect(turns(['a', 'b', 'c'], 2)).toEqual(['a', 'b', 'c', 'a', 'b', 'c']);
});

it('gives no turn where there is no round', () => {
  expect(turns(['a'], 0)).toEqual([]);
});
