import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { allMutants } from '../../src/mutants/all-mutants.ts';
import type { Subject } from '../../src/mutants/mutant.ts';
import { readPage } from '../../src/mutants/report/read-page.ts';
import { ALIVE, SUBJECTS } from '../../src/mutants/report/subjects.ts';
import { PAGE } from './committed-page.ts';

const page = readPage(readFileSync(PAGE, 'utf8'));
const mutants = allMutants();

describe('docs/mutants.md', () => {
  test.each(SUBJECTS)('counts the mutants of $title as they are now: `pnpm verify` writes it anew', ({ subject }) => {
    const now = mutants.filter((mutant) => mutant.subject === subject).length;
    expect(page.counts.get(subject)?.mutants).toBe(now);
  });

  test.each(SUBJECTS)('tells of no more that are alive than the pinned number, of $title', ({ subject }) => {
    expect(page.counts.get(subject)?.alive).toBe(ALIVE[subject]);
  });

  test('names mutants that there are', () => {
    const names = new Set(mutants.map(({ name }) => name));
    expect([...page.alive, ...page.equivalent].filter((name) => !names.has(name))).toEqual([]);
  });

  test('has no machine with a mutant that is alive', () => {
    const machines: readonly Subject[] = ['client', 'server', 'process'];
    expect(machines.map((subject) => ALIVE[subject])).toEqual([0, 0, 0]);
  });
});
