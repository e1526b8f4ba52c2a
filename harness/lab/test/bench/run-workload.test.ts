import { describe, expect, it } from 'vitest';
import { type RunSettings, runWorkload } from '../../src/bench/run-workload.js';
import type { Workload } from '../../src/bench/workload.js';

const participants = ['a', 'b'].map((name) => ({ name, url: `file:///${name}` }));

describe('a run of one workload', () => {
  it('gets every subject ready before it measures in turns, and stops them all', async () => {
    const { settings, log } = stage();
    await runWorkload(workload(), participants, settings);
    expect(log.join(' ')).toBe('start-a start-b sample-a sample-b sample-a sample-b stop-a stop-b');
  });

  it('takes each sample in a process of its own where that is asked for', async () => {
    const { settings, log } = stage();
    await runWorkload(workload({ freshProcess: true }), participants, settings);
    const round = 'start-a sample-a stop-a start-b sample-b stop-b';
    expect(log.join(' ')).toBe(`${round} ${round}`);
  });

  it('keeps the samples of each, in order', async () => {
    const { settings } = stage();
    const { samples, failures } = await runWorkload(workload(), participants, settings);
    expect([...samples]).toEqual([
      ['a', [{ cpu: 3 }, { cpu: 5 }]],
      ['b', [{ cpu: 4 }, { cpu: 6 }]],
    ]);
    expect(failures.size).toBe(0);
  });

  it('gives no further turn to one that fails, keeps what it has, and goes on with the others', async () => {
    const { settings, log } = stage({ failAt: 'sample-a', failAfter: 1 });
    const { samples, failures } = await runWorkload(workload(), participants, { ...settings, rounds: 3 });
    expect(log.join(' ')).toBe('start-a start-b sample-a sample-b sample-a sample-b sample-b stop-a stop-b');
    expect([samples.get('a')?.length, samples.get('b')?.length]).toEqual([1, 3]);
    expect([...failures]).toEqual([['a', 'sample-a is broken']]);
  });

  it('does not measure one that cannot be started', async () => {
    const { settings, log } = stage({ failAt: 'start-b', failAfter: 0 });
    const { samples, failures } = await runWorkload(workload(), participants, settings);
    expect(log.join(' ')).toBe('start-a start-b sample-a sample-a stop-a');
    expect([samples.get('b'), failures.get('b')]).toEqual([[], 'start-b is broken']);
  });

  it('starts its workers with its own options for Node and those of the run', async () => {
    const { settings, nodeArgs } = stage();
    await runWorkload(workload({ nodeArgs: ['--own'] }), participants, { ...settings, nodeArgs: ['--profile'] });
    expect(nodeArgs).toEqual([
      ['--own', '--profile'],
      ['--own', '--profile'],
    ]);
  });
});

function workload(change: Partial<Workload> = {}): Workload {
  const prepare = () => Promise.reject(new Error('only workers prepare'));
  return { id: 'x', title: 'x', figures: [{ key: 'cpu', unit: 'us', better: 'less' }], prepare, ...change };
}

/** Workers that write down what they are told; one of their steps can be broken. A sample is the length of the log by then. */
function stage({ failAt = '', failAfter = 0 } = {}) {
  const log: string[] = [];
  const nodeArgs: (readonly string[])[] = [];
  let done = 0;
  const note = (step: string): void => {
    log.push(step);
    if (step !== failAt) return;
    done += 1;
    if (done > failAfter) throw new Error(`${step} is broken`);
  };
  const settings: RunSettings = {
    rounds: 2,
    size: { warmMs: 0, sampleMs: 0, scale: 1 },
    nodeArgs: [],
    async start(url, _workloadId, _size, args) {
      const name = url.slice(-1);
      nodeArgs.push(args);
      note(`start-${name}`);
      return {
        async sample() {
          note(`sample-${name}`);
          return { cpu: log.length };
        },
        async stop() {
          note(`stop-${name}`);
        },
      };
    },
  };
  return { settings, log, nodeArgs };
}
