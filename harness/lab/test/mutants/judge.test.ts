import { ours } from '@mcp-lifeline/explore/core-under-test';
import { describe, expect, test } from 'vitest';
import { machineMutants } from '../../src/mutants/all-mutants.ts';
import { judgeMutant } from '../../src/mutants/judge.ts';
import type { Killer } from '../../src/mutants/killers/killer.ts';
import type { Mutant } from '../../src/mutants/mutant.ts';

const EQUIVALENT = 'process: killing on close: dropped';
const OTHER = 'process: idle on close: leads nowhere';

describe('what becomes of a mutant', () => {
  test('it is rejected where it cannot be made', async () => {
    const build = () => Promise.reject(new Error('machine client cannot be stepped purely'));
    const mutant: Mutant = { name: 'x', subject: 'client', operator: 'drop tag', breaks: null, build };
    expect(await judgeMutant(mutant)).toEqual({ kind: 'rejected', why: 'machine client cannot be stepped purely' });
  });

  test('it is killed by the first that finds something wrong', async () => {
    const killers = { quick: [finding(null), finding('this'), finding('that')], thorough: [] };
    expect(await judgeMutant(named(OTHER), killers)).toEqual({ kind: 'killed', by: 'finds this', why: 'this' });
  });

  test('it is killed where it throws', async () => {
    const throwing: Killer = {
      name: 'steps it',
      kills: () => {
        throw new Error('no delay');
      },
    };
    const killed = { kind: 'killed', by: 'steps it', why: 'threw no delay' };
    expect(await judgeMutant(named(OTHER), { quick: [throwing], thorough: [] })).toEqual(killed);
  });

  test('it is equivalent where it never differs, and the thorough are not asked', async () => {
    const killers = { quick: [finding(null)], thorough: [finding('late')] };
    expect(await judgeMutant(named(EQUIVALENT), killers)).toMatchObject({ kind: 'equivalent' });
  });

  test('the thorough are asked about what differs', async () => {
    const killers = { quick: [], thorough: [finding('late')] };
    expect(await judgeMutant(named(OTHER), killers)).toMatchObject({ kind: 'killed', by: 'finds late' });
  });

  test('it is alive where nobody finds anything, and its difference is told', async () => {
    const nobody = { quick: [finding(null)], thorough: [] };
    expect(await judgeMutant(named(OTHER), nobody)).toEqual({ kind: 'alive', difference: 'process: close' });
  });

  test('killers are given the core that was made', async () => {
    const given: unknown[] = [];
    const asking: Killer = {
      name: 'asks',
      kills: (core) => {
        given.push(core);
        return null;
      },
    };
    const mutant: Mutant = { ...named(EQUIVALENT), build: async () => ours };
    await judgeMutant(mutant, { quick: [asking], thorough: [] });
    expect(given).toEqual([ours]);
  });
});

function finding(what: string | null): Killer {
  return { name: `finds ${what}`, kills: () => what };
}

function named(name: string): Mutant {
  const found = machineMutants('process').find((mutant) => mutant.name === name);
  if (found === undefined) throw new Error(`no mutant ${name}`);
  return found;
}
