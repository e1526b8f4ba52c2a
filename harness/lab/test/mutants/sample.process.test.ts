import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { allMutants, MACHINES } from '../../src/mutants/all-mutants.ts';
import { ALL_KILLERS, judgeMutant } from '../../src/mutants/judge.ts';
import type { Mutant } from '../../src/mutants/mutant.ts';
import { readPage } from '../../src/mutants/report/read-page.ts';
import { PAGE } from './committed-page.ts';

const SAMPLE = 60;
/** Each builds or steps a core of its own; the machine may have others to serve. */
const LONG_MS = 600_000;

const page = readPage(readFileSync(PAGE, 'utf8'));
const mutants = allMutants();

describe('a sample of the mutants', () => {
  // The proof that two machines are alike takes long: those are left to `pnpm verify`.
  const killable = mutants.filter(({ name }) => !page.equivalent.includes(name) && !page.alive.includes(name));
  const ofMachines = killable.filter(({ subject }) => (MACHINES as readonly string[]).includes(subject));

  test(
    'of the machines is killed, as all of them were',
    async () => {
      expect(await survivors(everyNth(ofMachines, SAMPLE))).toEqual([]);
    },
    LONG_MS,
  );

  test(
    'of the sources is killed, as all of them were',
    async () => {
      const ofSources = killable.filter((mutant) => !ofMachines.includes(mutant));
      expect(await survivors(everyNth(ofSources, SAMPLE / 4))).toEqual([]);
    },
    LONG_MS,
  );

  test(
    'that is alive is so still: whoever kills one lowers the pinned number',
    async () => {
      const alive = mutants.filter(({ name }) => page.alive.includes(name));
      expect(await survivors(alive)).toEqual(alive.map(({ name }) => name));
    },
    LONG_MS,
  );
});

function everyNth(all: readonly Mutant[], count: number): readonly Mutant[] {
  const step = all.length / count;
  return Array.from({ length: count }, (_, at) => all[Math.floor(at * step)]).filter((one) => one !== undefined);
}

/** Those that the quick killers do not find out. */
async function survivors(sample: readonly Mutant[]): Promise<readonly string[]> {
  const alive: string[] = [];
  for (const mutant of sample) {
    const fate = await judgeMutant(mutant, { ...ALL_KILLERS, thorough: [] });
    if (fate.kind !== 'killed') alive.push(mutant.name);
  }
  return alive;
}
