import { ours } from '@mcp-lifeline/explore/core-under-test';
import { describe, expect, test } from 'vitest';
import { machineMutants, sourceMutants } from '../../src/mutants/all-mutants.ts';
import { ALONE_KILLER } from '../../src/mutants/killers/alone.ts';
import { fuzzKiller } from '../../src/mutants/killers/fuzz.ts';
import { GROWTH_KILLER } from '../../src/mutants/killers/growth.ts';
import type { Killer } from '../../src/mutants/killers/killer.ts';
import { READERS_KILLER } from '../../src/mutants/killers/readers.ts';
import { TIMED_KILLER } from '../../src/mutants/killers/timed.ts';
import type { Mutant, Subject } from '../../src/mutants/mutant.ts';

const QUICK: readonly Killer[] = [TIMED_KILLER, fuzzKiller(2_000), GROWTH_KILLER, READERS_KILLER, ALONE_KILLER];

describe('the killers', () => {
  // What looks at sessions looks at all that the others do, but for a process.
  const subjects: readonly Subject[] = ['process', 'session'];

  test.each(subjects)('find nothing wrong with ours, whatever of it they look at: %s', (subject) => {
    for (const { name, kills } of QUICK) expect(kills(ours, subject), name).toBeNull();
  });

  test.each([
    [TIMED_KILLER, 'client: starting after startup: dropped', 'startup.'],
    [ALONE_KILLER, 'process: idle on close: leads nowhere', 'process.'],
    [ALONE_KILLER, 'calls/our-calls.ts: initialize may be called', 'misuse was taken'],
    [
      GROWTH_KILLER,
      'calls/our-calls.ts: the key of a settled call stays taken',
      'what is settled leaves nothing behind',
    ],
    [GROWTH_KILLER, 'calls/our-calls.ts: keys stay taken at the end', 'an end leaves nothing behind'],
    [GROWTH_KILLER, 'calls/given-up.ts: too few are kept', 'what is given up is remembered'],
    [GROWTH_KILLER, 'calls/peer-requests.ts: a batch that was answered stays open', 'batches leave nothing behind'],
    [GROWTH_KILLER, 'calls/persistent-map.ts: no copy is ever made', 'a state that somebody keeps'],
    [READERS_KILLER, 'session/handshake.ts: a client forgets the instructions', 'a client knows what the server said'],
    [fuzzKiller(2_000), 'calls/our-calls.ts: a refused call is sent all the same', ''],
  ])('find out what is wrong: %o, %s', async ({ kills }, name, found) => {
    const { build, subject } = mutantNamed(name);
    expect(kills(await build(), subject)).toContain(found);
  });

  test('take what throws for what is wrong', () => {
    const throwing = {
      ...ours,
      step: () => {
        throw new Error('no step today');
      },
    };
    for (const { name, kills } of QUICK) expect(kills(throwing, 'calls'), name).toContain('no step today');
  });
});

function mutantNamed(name: string): Mutant {
  const all = [...machineMutants('client'), ...machineMutants('process'), ...sourceMutants()];
  const found = all.find((mutant) => mutant.name === name);
  if (found === undefined) throw new Error(`no mutant ${name}`);
  return found;
}
