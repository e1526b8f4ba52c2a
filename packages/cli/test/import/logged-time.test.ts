import { describe, expect, it } from 'vitest';
import { timeIn, timeOf } from '../../src/import/logged-time.ts';

const AT = Date.UTC(2026, 0, 2, 3, 4, 5);

describe('a time in a text', () => {
  it.each([
    ['2026-01-02T03:04:05Z', AT, false],
    ['[2026-01-02T03:04:05.25Z] x', AT + 250, false],
    ['2026-01-02 03:04:05.250 [info]', AT + 250, true],
    ['2026-01-02 03:04:05,250 - INFO', AT + 250, true],
    ['2026-01-02T03:04:05.123456Z', AT + 123.456, true],
    ['2026-01-02T04:04:05.000+01:00', AT, true],
    ['2026-01-02T04:04:05.000+0100', AT, true],
  ])('%s', (text, ms, isExact) => {
    const time = timeIn(text);
    expect(time?.ms).toBeCloseTo(ms, 3);
    expect(time?.isExact).toBe(isExact);
  });

  it.each(['', '03:04:05', '2026-13-99T99:99:99Z', 'yesterday'])('%j is none', (text) => {
    expect(timeIn(text)).toBeNull();
  });
});

describe('a time as a value', () => {
  it.each([
    [AT, { ms: AT, isExact: true }],
    [AT / 1000, { ms: AT, isExact: false }],
    [AT / 1000 + 0.5, { ms: AT + 500, isExact: true }],
    ['2026-01-02T03:04:05.000Z', { ms: AT, isExact: true }],
  ])('%j', (value, time) => {
    expect(timeOf(value)).toEqual(time);
  });

  it.each([12, AT * 1e6, -1, null, true, {}])('%j is none: nobody knows its unit', (value) => {
    expect(timeOf(value)).toBeNull();
  });
});
