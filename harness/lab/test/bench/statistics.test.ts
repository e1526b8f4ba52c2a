import { describe, expect, it } from 'vitest';
import { median, percentile, threeDigits } from '../../src/bench/statistics.js';

describe('the median', () => {
  it('is the middle one of an odd number of values, in whatever order they come', () => {
    expect(median([9, 1, 5])).toBe(5);
  });

  it('is the mean of the two in the middle of an even number', () => {
    expect(median([8, 1, 2, 100])).toBe(5);
  });

  it('orders numbers as numbers', () => {
    expect(median([10, 9, 100])).toBe(10);
  });

  it('leaves the values as they were', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });

  it('of nothing is no number', () => {
    expect(median([])).toBeNaN();
  });
});

describe('a percentile', () => {
  it('lies between its neighbours where it falls between them', () => {
    expect(percentile([0, 10, 20, 30, 40], 10)).toBe(4);
  });

  it('is the least at 0 and the greatest at 100', () => {
    expect([percentile([2, 3, 1], 0), percentile([2, 3, 1], 100)]).toEqual([1, 3]);
  });
});

describe('a number for a reader', () => {
  it.each([
    [0.0234, '0.0234'],
    [0.527, '0.527'],
    [1, '1.00'],
    [8.914, '8.91'],
    [9.996, '10.0'],
    [56.66, '56.7'],
    [99.96, '100'],
    [100, '100'],
    [454377.2, '454377'],
    [0, '0.00'],
    [-2.5, '-2.50'],
    [0.00000012, '0.000000'],
    [Number.NaN, '?'],
  ])('%d is shown as %s', (value, shown) => {
    expect(threeDigits(value)).toBe(shown);
  });
});
