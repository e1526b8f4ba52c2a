import { describe, expect, it } from 'vitest';
import { exploreConfiguration } from '../../src/run/explore-configuration.ts';
import { type ExploreOne, type RunOptions, runExplorations } from '../../src/run/run-explorations.ts';
import { alternatingBit } from './alternating-bit.ts';

const PLAIN: RunOptions = { tool: { name: 'test', version: '0' }, jobs: 1 };
const here: ExploreOne = async (configuration, { tool }) => exploreConfiguration(configuration, tool);
const three = ['one', 'two', 'three'].map((id) => alternatingBit({}, id));

describe('several explorations', () => {
  it('come to a report each, in their order', async () => {
    const reports = await runExplorations(three, PLAIN, here);
    expect(reports.map(({ id, ending }) => [id, ending])).toEqual([
      ['one', 'fixpoint'],
      ['two', 'fixpoint'],
      ['three', 'fixpoint'],
    ]);
  });

  it('are told in their order, though a later one is done first', async () => {
    const ends = new Map<string, () => void>();
    const slow: ExploreOne = async (configuration, options) => {
      await new Promise<void>((resolve) => ends.set(configuration.id, resolve));
      return here(configuration, options);
    };
    const told: string[] = [];
    const started: string[] = [];
    const onStart = (id: string): void => void started.push(id);
    const run = runExplorations(three, { ...PLAIN, jobs: 2, onStart, onReport: ({ id }) => told.push(id) }, slow);
    expect(started).toEqual(['one', 'two']);
    ends.get('two')?.();
    await turn();
    expect([started, told]).toEqual([['one', 'two', 'three'], []]);
    ends.get('one')?.();
    await turn();
    expect(told).toEqual(['one', 'two']);
    ends.get('three')?.();
    await run;
    expect(told).toEqual(['one', 'two', 'three']);
  });

  it('go on though one of them fails', async () => {
    const failing: ExploreOne = async (configuration, options) => {
      if (configuration.id === 'two') throw new Error('out of memory');
      return here(configuration, options);
    };
    const reports = await runExplorations(three, PLAIN, failing);
    expect(reports.map(({ id, ending, why }) => [id, ending, why])).toEqual([
      ['one', 'fixpoint', null],
      ['two', 'failed', 'out of memory'],
      ['three', 'fixpoint', null],
    ]);
  });
});

/** Lets everything happen that can happen without waiting. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
