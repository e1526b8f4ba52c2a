import { describe, expect, test } from 'vitest';
import type { Fate } from '../../../src/mutants/judge.ts';
import type { Subject } from '../../../src/mutants/mutant.ts';
import { countOf, mutantsPage } from '../../../src/mutants/report/page.ts';
import { readPage } from '../../../src/mutants/report/read-page.ts';
import type { Verdict } from '../../../src/mutants/run/judge-all.ts';

const VERDICTS: readonly Verdict[] = [
  verdict('client: a', 'client', { kind: 'killed', by: 'timed schedules', why: 'late' }),
  verdict('client: b', 'client', { kind: 'killed', by: 'fuzz', why: 'wrong' }),
  verdict('client: c', 'client', { kind: 'alive', difference: 'client: start' }),
  verdict('server: d', 'server', { kind: 'equivalent', pairs: 7 }),
  verdict('process: e', 'process', { kind: 'rejected', why: 'no such state' }),
  { ...verdict('calls/x.ts: f', 'calls', { kind: 'alive', difference: null }) },
];

describe('the page of mutants', () => {
  test('counts each fate once, and each killer', () => {
    expect(countOf(VERDICTS, 'client')).toMatchObject({ mutants: 3, rejected: 0, equivalent: 0, alive: 1, fuzz: 1 });
    expect(countOf(VERDICTS, 'process')).toMatchObject({ mutants: 1, rejected: 1 });
  });

  test('names those that are alive, with what they would break', () => {
    const page = mutantsPage(VERDICTS);
    expect(page).toContain('- `client: c`: differs after: client: start');
    expect(page).toContain('- `calls/x.ts: f`: what it breaks');
    expect(page).toContain('- `server: d` (7 pairs of states)');
  });

  test('can be read again', () => {
    const { counts, alive, equivalent } = readPage(mutantsPage(VERDICTS));
    expect(counts.get('client')).toEqual({ mutants: 3, equivalent: 0, alive: 1 });
    expect(counts.get('server')).toEqual({ mutants: 1, equivalent: 1, alive: 0 });
    expect(counts.get('session')).toEqual({ mutants: 0, equivalent: 0, alive: 0 });
    expect(alive).toEqual(['client: c', 'calls/x.ts: f']);
    expect(equivalent).toEqual(['server: d']);
  });

  test('says so where none is alive', () => {
    expect(readPage(mutantsPage([])).alive).toEqual([]);
    expect(mutantsPage([])).toContain('## Alive\n\nNone.');
  });
});

function verdict(name: string, subject: Subject, fate: Fate): Verdict {
  const breaks = subject === 'calls' ? 'what it breaks' : null;
  const build = () => Promise.reject(new Error('never built'));
  return { mutant: { name, subject, operator: 'drop tag', breaks, build }, fate };
}
