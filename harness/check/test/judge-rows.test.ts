import type { Finding, Need } from '@mcp-lifeline/specs';
import { describe, expect, it } from 'vitest';
import type { Check } from '../src/checks/check.js';
import { type Circumstances, judgeRows } from '../src/judge-rows.js';
import type { Row } from '../src/report.js';
import type { Run } from '../src/run.js';
import { absent, LAG, runOf } from './hand-made.js';

const QUIET: Circumstances = { notSpoken: null, interrupted: false };
const broken: Finding = { found: 'broken', expected: 'one thing', observed: 'another', evidence: [3, 4] };

describe('a row', () => {
  it('tells what was expected and observed, in which run, and what shows it', () => {
    const run = runOf({ scenario: 'ids' });
    expect(rowOf(broken, run)).toEqual({
      id: 'made.up',
      revision: '2025-11-25',
      title: 'a title',
      level: 'MUST',
      status: 'fail',
      clauses: ['2025-11-25/made/up'],
      expected: 'one thing',
      observed: 'another',
      run: 'ids@2025-11-25',
      evidence: [3, 4],
      seconds: 0.5,
    });
  });

  it('names the ambiguity that makes it a note', () => {
    const open: Finding = { ...broken, found: 'open', ambiguity: 'ping-first' };
    expect(rowOf(open, runOf({}))).toMatchObject({ status: 'note', why: 'the text is open: ping-first' });
  });

  it('does not exist where the check has nothing to say of the revision', () => {
    const evidence = { runs: [], offers: [], preferred: null, toolsRun: null };
    expect(judgeRows([{ ...check(broken, null), level: () => null }], '2025-11-25', evidence, QUIET)).toEqual([]);
  });
});

describe('a row without evidence', () => {
  it('is unobserved when what it lacks was recorded as absent, and tells the recorded reason', () => {
    const run = runOf({ events: [absent('handshake', 'refused'), absent('fences', 'only 1 of 3')] });
    expect(rowOf(lacking('fences'), run)).toMatchObject({ status: 'unobserved', why: 'only 1 of 3', evidence: [] });
  });

  it('is an error of ours when nobody recorded what it lacks', () => {
    const run = runOf({ events: [absent('handshake', 'refused')] });
    expect(rowOf(lacking('fences'), run)).toMatchObject({ status: 'error', why: 'a made up reason' });
  });

  it('is an error of ours when it lacks what the check never said to need', () => {
    const run = runOf({ events: [absent('alive', 'it was gone')] });
    expect(rowOf(lacking('alive'), run, QUIET, ['fences']).status).toBe('error');
  });

  it.each([
    ['cut', 'unobserved'],
    ['limit', 'unobserved'],
    ['quiet', 'error'],
  ] as const)('for want of a whole run, where the run ended with %s, is %s', (end, status) => {
    expect(rowOf(lacking('wholeRun'), runOf({ end })).status).toBe(status);
  });

  it('is unobserved, whatever it lacks, when its run came to its bound: the question may not have been put yet', () => {
    const run = runOf({ end: 'limit', events: [absent('wholeRun', 'more than 10 events')] });
    expect(rowOf(lacking('fences'), run)).toMatchObject({ status: 'unobserved', why: 'more than 10 events' });
  });

  it('for want of a steady machine is unobserved only when this machine was seen to be late', () => {
    expect(rowOf(lacking('steadyMachine'), runOf({ events: [LAG] })).status).toBe('unobserved');
    expect(rowOf(lacking('steadyMachine'), runOf({})).status).toBe('error');
  });

  it('for want of the revision is unobserved: the answer of the server is the record', () => {
    expect(rowOf(lacking('revision'), runOf({})).status).toBe('unobserved');
  });

  it('and without a run is unobserved only when the whole check was interrupted', () => {
    expect(rowOf(lacking('wholeRun'), null, { notSpoken: null, interrupted: true }).status).toBe('unobserved');
    expect(rowOf(lacking('wholeRun'), null).status).toBe('error');
  });
});

describe('a row of a revision that is not spoken', () => {
  it('is unobserved, whatever its runs show: they belong to another revision', () => {
    const row = rowOf(broken, runOf({}), { notSpoken: 'it speaks another', interrupted: false });
    expect(row).toMatchObject({ status: 'unobserved', why: 'it speaks another', evidence: [] });
    expect(row).not.toHaveProperty('observed');
  });
});

const ALL_NEEDS: readonly Need[] = ['handshake', 'revision', 'alive', 'fences', 'steadyMachine', 'wholeRun'];

function rowOf(finding: Finding, run: Run | null, circumstances = QUIET, needs = ALL_NEEDS): Row {
  const evidence = { runs: run === null ? [] : [run], offers: [], preferred: null, toolsRun: null };
  const [row] = judgeRows([check(finding, run, needs)], '2025-11-25', evidence, circumstances);
  if (row === undefined) throw new Error('there is no row');
  return row;
}

function check(finding: Finding, run: Run | null, needs = ALL_NEEDS): Check {
  return {
    id: 'made.up',
    title: 'a title',
    level: () => 'MUST',
    clauses: (revision) => [`${revision}/made/up`],
    needs,
    scenarios: ['ids'],
    judge: () => ({ finding, run }),
  };
}

function lacking(need: Need): Finding {
  return { found: 'nothing', lacking: need, why: 'a made up reason' };
}
