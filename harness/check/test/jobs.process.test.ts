import { createRedactor } from '@mcp-lifeline/trace';
import { describe, expect, it } from 'vitest';
import { budgetAt } from '../src/budget.js';
import { Player } from '../src/player.js';
import type { Scenario } from '../src/scenarios/scenario.js';
import { NO_TOOLS } from '../src/toolbox.js';
import { endOf, FAULTY_FOLDER, judgeFile } from './judge-file.js';

const SOME = ['handshake.result', 'version.echo', 'rpc.id-echo', 'ping.ready', 'shutdown.sigterm'];

describe('scenarios side by side', () => {
  it.each(['good.mjs', 'rpc.id-echo.mjs', 'shutdown.sigterm.mjs'])('change no row of %s', async (file) => {
    const options = { revision: 'all', only: SOME } as const;
    const alone = await judgeFile(file, options);
    const beside = await judgeFile(file, { ...options, jobs: 4 });
    const told = ({ result: { verdict, rows, runs } }: typeof alone) => ({
      verdict,
      rows: rows.map(({ id, revision, status, run }) => [id, revision, status, run]),
      runs: runs.map(({ id }) => id),
    });
    expect(told(beside)).toEqual(told(alone));
    expect(beside.left).toEqual([]);
  });

  it('are all cut by an interruption, and leave nothing behind', async () => {
    const controller = new AbortController();
    let started = 0;
    const onStart = () => {
      started += 1;
      if (started === 6) setTimeout(() => controller.abort(), 100);
    };
    const options = { revision: 'all', jobs: 3, signal: controller.signal, onStart } as const;
    const { result, left } = await judgeFile('good.mjs', options);
    expect(result).toMatchObject({ verdict: 'error', why: 'interrupted' });
    expect(result.runs).toHaveLength(started);
    const ends = result.runs.map(endOf);
    expect(ends.filter((end) => end === 'cut').length).toBeGreaterThan(1);
    expect(new Set(ends)).toEqual(new Set(['quiet', 'cut']));
    expect(left).toEqual([]);
  });

  it('are led out before a fault of ours in one of them comes to light', async () => {
    const over: string[] = [];
    const player = new Player(bench(), { onRun: ({ scenario }) => over.push(scenario) }, 2);
    const tasks = [
      scenario('stays', async ({ peer }) => {
        await peer.hold('the end', 400);
        return 'close';
      }),
      scenario('throws', async () => {
        throw new Error('no such luck');
      }),
      scenario('late', async () => 'close'),
    ].map((one) => ({ scenario: one, offer: '2025-11-25' }));
    await expect(player.playAll(tasks, NO_TOOLS)).rejects.toThrow('no such luck');
    expect(over).toEqual(['stays']);
  });
});

describe('checks of which none has a row in a revision that counts', () => {
  it('give no verdict', async () => {
    const { result } = await judgeFile('good.mjs', { revision: '2025-06-18', only: ['rpc.batch'] });
    expect(result).toMatchObject({
      verdict: 'error',
      why: 'none of the checks asked for has a row in 2025-06-18',
      counted: ['2025-06-18'],
      tried: ['2025-06-18'],
      rows: [],
    });
  });
});

function scenario(id: string, play: Scenario['play']): Scenario {
  return { id, asks: [], play };
}

function bench() {
  return {
    target: { command: [process.execPath, `${FAULTY_FOLDER}good.mjs`], env: {} } as const,
    redactor: createRedactor(),
    budget: budgetAt(0.2),
  };
}
