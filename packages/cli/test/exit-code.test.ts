import type { Row, Verdict } from '@mcp-lifeline/check';
import { describe, expect, it } from 'vitest';
import { exitCodeOf, stoppedBy } from '../src/exit-code.ts';
import { madeResult, madeRow } from './made-result.ts';

const warning: Row = madeRow({ id: 'shutdown.sigterm', level: 'ROBUST', status: 'warn' });

describe('the exit code', () => {
  it.each<[Verdict, number]>([
    ['pass', 0],
    ['fail', 1],
    ['no-handshake', 3],
    ['error', 4],
  ])('of the verdict %s is %i', (verdict, code) => {
    expect(exitCodeOf(madeResult({ verdict }), false)).toBe(code);
    expect(exitCodeOf(madeResult({ verdict }), true)).toBe(code);
  });

  it('of a warning is 0, and 1 where one asked for strictness', () => {
    const result = madeResult({ rows: [warning] });
    expect(exitCodeOf(result, false)).toBe(0);
    expect(exitCodeOf(result, true)).toBe(1);
  });

  it('does not change for a warning that is known and excused', () => {
    const excusedBy = { id: warning.id, revision: '2025-11-25', status: 'warn', because: '' } as const;
    expect(exitCodeOf(madeResult({ rows: [{ ...warning, excusedBy }] }), true)).toBe(0);
  });

  it('does not change for a warning in a revision that does not count', () => {
    const result = madeResult({ rows: [{ ...warning, revision: '2024-11-05' }] });
    expect(exitCodeOf(result, true)).toBe(0);
  });

  it.each(['pass', 'note', 'unobserved'] as const)('does not change for %s, however strict', (status) => {
    expect(exitCodeOf(madeResult({ rows: [{ ...warning, status }] }), true)).toBe(0);
  });

  it('of a signal is what shells make of it', () => {
    expect([stoppedBy('SIGHUP'), stoppedBy('SIGINT'), stoppedBy('SIGTERM')]).toEqual([129, 130, 143]);
  });
});
