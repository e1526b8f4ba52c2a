import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConfigurationReport, RunOptions } from '@mcp-lifeline/explore';
import { parseTrace } from '@mcp-lifeline/trace/schema';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Explorer, explore } from '../../src/explore/explore.ts';
import { listConfigurations } from '../../src/explore/list.ts';
import type { ExploreInvocation } from '../../src/invocation.ts';
import { UsageError } from '../../src/usage-error.ts';
import { type FakeIo, fakeIo } from '../fake-io.ts';
import { madeAccount, madeConfiguration, madeProperty, madeReport, madeViolation } from './made-report.ts';

const PLAIN: ExploreInvocation = {
  kind: 'explore',
  configs: null,
  isLarge: false,
  maxStates: null,
  json: null,
  traces: null,
  jobs: 1,
};

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mcp-lifeline-explore-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('exploring', () => {
  it.each<[string, ConfigurationReport, number]>([
    ['0 where all holds', madeReport('a'), 0],
    ['1 where something is violated', madeReport('a', { properties: [madeViolation('call.settles')] }), 1],
    [
      '1 where something has no witness',
      madeReport('a', { properties: [madeProperty('x', { status: 'unwitnessed' })] }),
      1,
    ],
    ['1 where something threw', madeReport('a', { ending: 'thrown', why: 'no', thrownAt: madeAccount('a.thrown') }), 1],
    ['4 where it was stopped', madeReport('a', { ending: 'limit' }), 4],
    ['4 where it could not be done', madeReport('a', { ending: 'failed', why: 'out of memory' }), 4],
  ])('exits %s', async (_, report, code) => {
    expect(await explore(PLAIN, fakeIo(), explorerOf([report]))).toBe(code);
  });

  it('misses no witness in a part of the configurations', async () => {
    const explorer = explorerOf([
      madeReport('a', { properties: [madeProperty('x', { status: 'unwitnessed' })] }),
      madeReport('b'),
    ]);
    expect(await explore({ ...PLAIN, configs: ['a'] }, fakeIo(), explorer)).toBe(0);
    expect(await explore(PLAIN, fakeIo(), explorer)).toBe(1);
  });

  it('takes the configurations that are asked for, each once, in their own order', async () => {
    const io = fakeIo();
    const explorer = explorerOf([madeReport('a'), madeReport('b'), madeReport('c')]);
    await explore({ ...PLAIN, configs: ['c', 'a', 'c'] }, io, explorer);
    expect(io.out().match(/^\w(?= {2})/gm)).toEqual(['a', 'c']);
  });

  it('takes the large ones by their size, or by their names', async () => {
    const explorer = explorerOf([madeReport('a'), madeReport('a-large'), madeReport('b-large')]);
    const seen = async (choice: Partial<ExploreInvocation>): Promise<unknown> => {
      const io = fakeIo();
      await explore({ ...PLAIN, ...choice }, io, explorer);
      return io.out().match(/^[-\w]+(?= {2})/gm);
    };
    expect(await seen({})).toEqual(['a']);
    expect(await seen({ isLarge: true })).toEqual(['a-large', 'b-large']);
    expect(await seen({ configs: ['b-large', 'a'] })).toEqual(['a', 'b-large']);
  });

  it('knows the nearest to one that there is not', async () => {
    const explorer = explorerOf([madeReport('handshake'), madeReport('calls')]);
    const run = explore({ ...PLAIN, configs: ['handshak'] }, fakeIo(), explorer);
    await expect(run).rejects.toThrow(
      new UsageError('no configuration is called "handshak"; the nearest is handshake, explore --list shows all'),
    );
  });

  it('hands on how far it may go', async () => {
    const asked: RunOptions[] = [];
    await explore({ ...PLAIN, maxStates: 7, jobs: 3 }, fakeIo(), explorerOf([madeReport('a')], asked));
    expect(asked[0]).toMatchObject({ maxStates: 7, jobs: 3 });
  });

  it('shows how far it is where a terminal shows it, and nothing elsewhere', async () => {
    const tty = fakeIo({ isTTY: true });
    const piped = fakeIo();
    for (const io of [tty, piped]) await explore(PLAIN, io, explorerOf([madeReport('a')]));
    expect(tty.err()).toContain('0/1 · a 1,000 states, 900 to go, depth 3');
    expect(tty.err().endsWith('\r\u001b[K')).toBe(true);
    expect(piped.err()).toBe('');
  });
});

describe('the JSON report', () => {
  const reports = [madeReport('a', { properties: [madeViolation('call.settles'), madeProperty('call.once')] })];

  it('is all that goes to stdout with -', async () => {
    const io = fakeIo();
    expect(await explore({ ...PLAIN, json: '-' }, io, explorerOf(reports))).toBe(1);
    const { report, verdict, totals, configurations } = JSON.parse(io.out());
    expect({ report, verdict, totals }).toEqual({
      report: 1,
      verdict: 'fail',
      totals: { states: 1_234, edges: 5_678, properties: 2, holding: 1, violated: 1, unfinished: 0 },
    });
    expect(configurations).toMatchObject([
      {
        id: 'a',
        bounds: { calls: 2, losses: 1 },
        ending: 'fixpoint',
        states: 1_234,
        statesPerSecond: 2_468,
        properties: [
          { id: 'call.settles', status: 'violated', why: 'the call is open for ever', story: { round: [{}] } },
          { id: 'call.once', status: 'holds' },
        ],
      },
    ]);
  });

  it('goes to a file beside what people read, and names its traces from there', async () => {
    const io = fakeIo({ cwd: folder });
    await explore({ ...PLAIN, json: 'a.json', traces: 'traces' }, io, explorerOf(reports));
    const [a] = JSON.parse(readFileSync(join(folder, 'a.json'), 'utf8')).configurations;
    expect(a.properties[0].trace).toBe('traces/a.call.settles.jsonl');
    expect(io.out()).toContain('verdict fail');
  });

  it('is refused before anything is explored where it cannot be written', async () => {
    const asked: RunOptions[] = [];
    const run = explore({ ...PLAIN, json: 'no/a.json' }, fakeIo({ cwd: folder }), explorerOf(reports, asked));
    await expect(run).rejects.toThrow(/^--json: .*no\/a.json cannot be written: its folder does not exist$/);
    expect(asked).toEqual([]);
  });
});

describe('the traces', () => {
  it('are one for each violation, and one for what threw', async () => {
    const io = fakeIo({ cwd: folder });
    const violated = madeReport('a', { properties: [madeViolation('call.settles'), madeProperty('call.once')] });
    const threw = madeReport('b', { ending: 'thrown', why: 'no', thrownAt: madeAccount('b.thrown'), properties: [] });
    await explore({ ...PLAIN, traces: 'traces' }, io, explorerOf([violated, threw]));
    expect(readdirSync(join(folder, 'traces')).toSorted()).toEqual(['a.call.settles.jsonl', 'b.thrown.jsonl']);
    const { header } = parseTrace(readFileSync(join(folder, 'traces/a.call.settles.jsonl'), 'utf8'));
    expect(header.scenario).toBe('call.settles');
    expect(io.out()).toContain('  trace traces/a.call.settles.jsonl\n');
  });
});

describe('the list', () => {
  const all = {
    usual: [madeConfiguration('handshake'), madeConfiguration('calls', { calls: 3 })],
    large: [madeConfiguration('calls-large', { calls: 9 })],
  };

  it('has each configuration with its bounds', () => {
    const io = fakeIo();
    expect(listConfigurations({ kind: 'exploreList', configs: null, isLarge: false, json: null }, io, all)).toBe(0);
    expect(io.out()).toBe(
      [
        'handshake  what handshake is about',
        '           calls: 2 · losses: 1',
        'calls      what calls is about',
        '           calls: 3',
        '',
      ].join('\n'),
    );
  });

  it('can be of the large ones', () => {
    const io = fakeIo();
    listConfigurations({ kind: 'exploreList', configs: null, isLarge: true, json: null }, io, all);
    expect(io.out()).toBe('calls-large  what calls-large is about\n             calls: 9\n');
  });

  it('is JSON and nothing else with -', () => {
    const io: FakeIo = fakeIo();
    listConfigurations({ kind: 'exploreList', configs: ['calls'], isLarge: false, json: '-' }, io, all);
    expect(JSON.parse(io.out())).toEqual([{ id: 'calls', title: 'what calls is about', bounds: { calls: 3 } }]);
  });
});

/** Finds what is given, and tells once how far it is. */
function explorerOf(reports: readonly ConfigurationReport[], asked: RunOptions[] = []): Explorer {
  return {
    configurations: {
      usual: reports.map(({ id }) => madeConfiguration(id)).filter(({ id }) => !id.endsWith('-large')),
      large: reports.map(({ id }) => madeConfiguration(id)).filter(({ id }) => id.endsWith('-large')),
    },
    exploreOne: async ({ id }, options) => {
      asked.push(options);
      options.onProgress?.(id, { states: 1_000, expanded: 100, edges: 5_000, depth: 3 });
      const report = reports.find((one) => one.id === id);
      if (report === undefined) throw new Error(`nobody gave ${id}`);
      return report;
    },
  };
}
