import { describe, expect, it } from 'vitest';
import type { Configuration } from '../../src/exploration.ts';
import { type RunOptions, runExplorations } from '../../src/run/run-explorations.ts';
import { inThread } from '../../src/run/thread.ts';

const ENTRY = new URL('../programs/counting-thread.mjs', import.meta.url);
const PLAIN: RunOptions = { tool: { name: 'test', version: '0' }, jobs: 2 };

describe('a thread of its own', () => {
  it('explores the configuration of that name, and tells what it found', async () => {
    const [short] = await run(['short'], PLAIN);
    expect(short).toMatchObject({ id: 'short', ending: 'fixpoint', size: { states: 4, edges: 3, depth: 3 } });
    expect(short?.properties).toMatchObject([{ id: 'small', status: 'holds' }]);
  });

  it('tells how far it is', async () => {
    const told: string[] = [];
    const onProgress: RunOptions['onProgress'] = (id, { expanded }) => told.push(`${id} ${expanded}`);
    await run(['short', 'long'], { ...PLAIN, onProgress });
    expect(told).toEqual(['long 8192', 'long 16384', 'long 24576']);
  });

  it('stops where it is told to', async () => {
    const [long] = await run(['long'], { ...PLAIN, maxStates: 1_000 });
    expect(long).toMatchObject({ ending: 'limit', size: { states: 1_000 } });
  });

  it('hands over a violation with the way to it', async () => {
    const [long] = await run(['long'], PLAIN);
    const [small] = long?.properties ?? [];
    expect(small?.violation?.why).toBe('it is not');
    expect(small?.violation?.story.steps).toHaveLength(20_001);
    expect(small?.violation?.story.steps.at(-1)).toEqual({ move: 'counts on', changes: ['at 20001'] });
  });

  it.each([
    ['cannot build what it shall explore', 'unbuildable', 'it cannot be built'],
    ['does not know it', 'unknown', 'no such configuration: unknown'],
    ['ends on its own', 'leaving', 'its thread ended with 3 and told nothing'],
  ])('that %s is reported as failed', async (_, id, why) => {
    const [failed] = await run([id], PLAIN);
    expect(failed).toMatchObject({ id, ending: 'failed', why });
  });
});

function run(ids: readonly string[], options: RunOptions) {
  const named = (id: string): Configuration => ({
    id,
    title: 'counts',
    bounds: {},
    build: () => {
      throw new Error('it is built in the thread alone');
    },
  });
  return runExplorations(ids.map(named), options, inThread(ENTRY));
}
