import type { Run } from '@mcp-lifeline/check';
import { isRevision } from '@mcp-lifeline/specs';
import { describe, expect, it } from 'vitest';
import type { Violation } from '../../src/process/investigate.ts';
import { invariantsOf, judgeRun } from '../../src/process/judge-run.ts';
import { Tally } from '../../src/process/rows.ts';
import { caseOf, HANDSHAKE, OPENING, QUIET_END, received, sent, traceOf } from './made.ts';

const GOOD = traceOf(...HANDSHAKE, sent({ id: 2, method: 'ping' }), received({ id: 2, result: {} }), ...QUIET_END);
const TWICE = traceOf(
  ...HANDSHAKE,
  sent({ id: 2, method: 'ping' }),
  received({ id: 2, result: {} }),
  received({ id: 2, result: {} }),
  ...QUIET_END,
);

describe('the rows of a revision', () => {
  it('are those of every check that has something to say of it', () => {
    const rows = new Tally('2025-03-26').rows([]);
    expect(rows.map(({ id }) => id)).toEqual(invariantsOf('2025-03-26').map(({ id }) => id));
    expect(rows.map(({ id }) => id)).toContain('rpc.batch');
    expect(new Tally('2025-11-25').rows([]).map(({ id }) => id)).not.toContain('rpc.batch');
    expect(rows.every(({ revision, status, why }) => isRevision(revision) && status === 'unobserved' && why)).toBe(
      true,
    );
  });

  it('pass where a check held, and say how often', () => {
    const tally = new Tally('2025-11-25');
    for (let run = 0; run < 3; run += 1) tally.add(judgeRun(GOOD, '2025-11-25'));
    expect(rowOf(tally, 'ping.ready')).toMatchObject({
      status: 'pass',
      observed: 'it held in 3 of 3 runs, and in no run it did not',
    });
    expect(rowOf(tally, 'stderr.noise')).toMatchObject({ status: 'note', level: 'NOTE' });
    expect(rowOf(tally, 'rpc.unknown-method')).toMatchObject({ status: 'unobserved' });
  });

  it('fail by their level where a fault was found, with its run', () => {
    const tally = new Tally('2025-11-25');
    tally.add(judgeRun(GOOD, '2025-11-25'));
    const row = rowOf(tally, 'rpc.one-response', [violation(5)]);
    expect(row).toMatchObject({ status: 'fail', level: 'MUST', run: 'fuzz-7@2025-11-25', seconds: 0.25 });
    expect(row?.observed).toBe('a second response with id 2');
    expect(row?.clauses).toEqual(['2025-11-25/messages/json-rpc']);
  });

  it('say that a fault comes and goes', () => {
    const row = rowOf(new Tally('2025-11-25'), 'rpc.one-response', [violation(2)]);
    expect(row?.observed).toBe('a second response with id 2 (it comes and goes: 2 of 5 runs)');
  });

  it('do not speak of a fault in another revision', () => {
    const row = rowOf(new Tally('2025-06-18'), 'rpc.one-response', [violation(5)]);
    expect(row).toMatchObject({ status: 'unobserved' });
  });

  it('only remark what was no fault of its own, though it held elsewhere', () => {
    const tally = new Tally('2025-11-25');
    tally.add(judgeRun(GOOD, '2025-11-25'));
    const finding = { found: 'broken', expected: 'a pong', observed: 'no answer', evidence: [1] } as const;
    tally.remark('ping.ready', finding, 'as rpc.batch, which shows the same');
    expect(rowOf(tally, 'ping.ready')).toMatchObject({
      status: 'note',
      observed: 'no answer: seen broken as rpc.batch, which shows the same',
    });
  });
});

function rowOf(tally: Tally, id: string, violations: readonly Violation[] = []) {
  return tally.rows(violations).find((row) => row.id === id);
}

function violation(shown: number): Violation {
  const run = { id: 'fuzz-7@2025-11-25', seconds: 0.25 } as Run;
  const { broken } = judgeRun(TWICE, '2025-11-25');
  return { broken, case: caseOf(...OPENING), run, again: { shown, of: 5 }, foundIn: 9, isMinimal: true };
}
