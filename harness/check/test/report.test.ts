import type { Finding, Level } from '@mcp-lifeline/specs';
import { describe, expect, it } from 'vitest';
import { countRows, type Row, STATUSES, type Status, statusOf } from '../src/report.js';

const said = { expected: 'one thing', observed: 'another', evidence: [] };
const held: Finding = { found: 'held', ...said };
const broken: Finding = { found: 'broken', ...said };
const open: Finding = { found: 'open', ambiguity: 'ping-first', ...said };
const nothing: Finding = { found: 'nothing', lacking: 'fences', why: 'nobody knows' };
const LEVELS: readonly Level[] = ['MUST', 'SHOULD', 'ROBUST', 'NOTE'];

describe('the status of a row', () => {
  it.each<[Level, Status, Status]>([
    ['MUST', 'pass', 'fail'],
    ['SHOULD', 'pass', 'warn'],
    ['ROBUST', 'pass', 'warn'],
    ['NOTE', 'note', 'note'],
  ])('of level %s is %s when the statement held, and %s when it was broken', (level, whenHeld, whenBroken) => {
    expect(statusOf(held, level, false)).toBe(whenHeld);
    expect(statusOf(broken, level, false)).toBe(whenBroken);
  });

  it.each(LEVELS)('of level %s is a note where the text is open', (level) => {
    expect(statusOf(open, level, false)).toBe('note');
  });

  it.each(LEVELS)('of level %s is unobserved for a recorded absence, and our own error without one', (level) => {
    expect(statusOf(nothing, level, true)).toBe('unobserved');
    expect(statusOf(nothing, level, false)).toBe('error');
  });
});

describe('the statuses', () => {
  it('are ordered from the gravest to the mildest', () => {
    expect(STATUSES).toEqual(['fail', 'warn', 'error', 'unobserved', 'note', 'pass']);
  });

  it('are all counted, also those that no row has', () => {
    const rows = (['fail', 'pass', 'pass'] as const).map((status) => ({ status }) as Row);
    const counts = countRows(rows);
    expect(counts).toEqual({ pass: 2, fail: 1, warn: 0, note: 0, unobserved: 0, error: 0 });
    expect(Object.keys(counts).sort()).toEqual([...STATUSES].sort());
  });
});
