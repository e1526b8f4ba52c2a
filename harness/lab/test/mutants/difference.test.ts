import { processMachine } from '@mcp-lifeline/core/machines';
import { coreUnderTestOn, ours } from '@mcp-lifeline/explore/core-under-test';
import { describe, expect, test } from 'vitest';
import { machineMutants } from '../../src/mutants/all-mutants.ts';
import { compare } from '../../src/mutants/lockstep/difference.ts';
import { PROCESS_SETTING } from '../../src/mutants/scenes/process-scene.ts';
import { settingOf } from '../../src/mutants/scenes/scene.ts';
import { SOURCE_SCENES } from '../../src/mutants/scenes/source-scenes.ts';

const LIMIT = 10_000;

describe('two cores side by side', () => {
  test('never differ where they are the same, and all pairs of states are met', () => {
    const { difference, isComplete, pairs } = compare(PROCESS_SETTING, ours, ours, LIMIT);
    expect({ difference, isComplete }).toEqual({ difference: null, isComplete: true });
    expect(pairs).toBeGreaterThan(40);
  });

  test('differ after the shortest sequence of inputs that shows it', async () => {
    expect(await differenceOf('process: endingInput after grace: leads to killing')).toBe(
      'process: start, close, spawned, grace elapses',
    );
  });

  test('differ where one of them has another timer, though generations count for nothing', async () => {
    expect(await differenceOf('process: running exit: endInput repeated')).toContain('start, spawned, close');
  });

  test('differ where only what can be asked differs', async () => {
    expect(await differenceOf('process: neverStarted: tag over dropped')).toBe('process: close');
  });

  test('differ where one of them throws', () => {
    const throwing = {
      ...ours,
      stepProcess: () => {
        throw new Error('no');
      },
    };
    expect(compare(PROCESS_SETTING, ours, throwing, LIMIT).difference).toBe('process: start');
  });

  test('are proven alike where a change means nothing', async () => {
    expect(await differenceOf('process: killing on close: dropped')).toBeNull();
    const core = coreUnderTestOn({ process: processMachine.provide({}) });
    expect(compare(PROCESS_SETTING, ours, core, LIMIT).isComplete).toBe(true);
  });

  test('are not proven alike where there were too many pairs', () => {
    expect(compare(PROCESS_SETTING, ours, ours, 10)).toEqual({ difference: null, pairs: 10, isComplete: false });
  });
});

describe('the scenes', () => {
  test('have names of their own, and are small enough to be explored', () => {
    const names = SOURCE_SCENES.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
    const [first] = SOURCE_SCENES.filter(({ name }) => name === 'client: tasks that are not declared');
    if (first === undefined) throw new Error('no such scene');
    expect(compare(settingOf(first), ours, ours, LIMIT)).toMatchObject({ difference: null, isComplete: true });
  });
});

async function differenceOf(name: string): Promise<string | null> {
  const mutant = machineMutants('process').find((one) => one.name === name);
  if (mutant === undefined) throw new Error(`no mutant ${name}`);
  return compare(PROCESS_SETTING, ours, await mutant.build(), LIMIT).difference;
}
