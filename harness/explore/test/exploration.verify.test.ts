import { availableParallelism, cpus } from 'node:os';
import { describe, expect, it } from 'vitest';
import { CONFIGURATIONS, LARGE_CONFIGURATIONS, type WorldConfiguration } from '../src/configs.ts';
import type { ConfigurationReport } from '../src/run/report.ts';
import { runExplorations } from '../src/run/run-explorations.ts';
import { inThread } from '../src/run/thread.ts';
import { unwitnessed, verdictOf } from '../src/run/verdict.ts';
import { compareWithXstateGraph, type Walk } from './engine/xstate-graph.ts';

/** Where the figures are kept for readers. */
const PAGE = '../../../docs/exploration.md';

/** A large configuration is walked through so far, breadth first; together they pass ten million states. */
const MOST_STATES = 1_200_000;

/** Threads know nothing but JavaScript: they run what was built. */
const THREAD = new URL('../dist/run/worker.js', import.meta.url);

let usual: readonly ConfigurationReport[] = [];
let large: readonly ConfigurationReport[] = [];
let walks: readonly Walk[] = [];

describe('the exploration', () => {
  it('comes to the end of every configuration, and each property holds and has its witness', async () => {
    usual = await exploreAll(CONFIGURATIONS);
    expect(unwitnessed(usual)).toEqual([]);
    expect(verdictOf(usual, true)).toBe('pass');
  });

  it('finds nothing wrong among ten million states of the large ones', async () => {
    large = await exploreAll(LARGE_CONFIGURATIONS, MOST_STATES);
    expect(large.flatMap(brokenIn)).toEqual([]);
    expect(sumOf(large, 'states')).toBeGreaterThanOrEqual(10_000_000);
  });

  it('is compared with xstate/graph on the same small model', () => {
    walks = compareWithXstateGraph(5);
    expect(walks.map(({ states }) => states)).toEqual(walks.map(() => 5 ** 5));
  });

  it('is told in docs/exploration.md', async () => {
    await expect(page()).toMatchFileSnapshot(PAGE);
  });
});

function exploreAll(
  configurations: readonly WorldConfiguration[],
  maxStates?: number,
): Promise<readonly ConfigurationReport[]> {
  const tool = { name: 'verify', version: '0' };
  const jobs = Math.min(2, availableParallelism());
  const options = { tool, jobs, ...(maxStates === undefined ? {} : { maxStates }) };
  return runExplorations(configurations, options, inThread(THREAD));
}

/** What is wrong in it: that there are states left which nobody looked at is not. */
function brokenIn({ id, ending, why, properties }: ConfigurationReport): readonly string[] {
  const violated = properties.filter(({ status }) => status === 'violated').map((property) => `${id}: ${property.id}`);
  return ending === 'fixpoint' || ending === 'limit' ? violated : [`${id}: ${ending} ${why}`, ...violated];
}

function sumOf(reports: readonly ConfigurationReport[], what: 'states' | 'edges' | 'seconds'): number {
  return reports.reduce((sum, { size }) => sum + size[what], 0);
}

function page(): string {
  return `# Explored

Written by \`pnpm verify\`: change the configurations, not this page. ${cpus()[0]?.model.trim()}, two threads, Node ${process.versions.node};
seconds are those of one thread. [What is verified](verification.md) tells what all of this means.

## The usual configurations

Each to a fixpoint: there is no state more within its bounds. ${holding(usual)}

${table(usual)}

## The large configurations

The same with more of whatever multiplies the states, breadth first, and no further than ${figure(MOST_STATES)} states each:
where that comes first, every state up to that depth was looked at, but for some of the last, and what happens eventually is undecided.

${table(large)}

## Bounds

Of the usual configurations; \`mcp-lifeline explore --list --large\` tells those of the large ones.

| configuration | what may happen, and how often |
| --- | --- |
${CONFIGURATIONS.map(({ id, bounds }) => `| ${id} | ${boundsText(bounds)} |`).join('\n')}

## Beside \`xstate/graph\`

The same statechart, five sessions of five states side by side, walked through by the engine and by both walks of \`xstate/graph\`.

| by | states | states a second | bytes kept of each state |
| --- | ---: | ---: | ---: |
${walks.map(({ by, states, statesPerSecond, bytesPerState }) => `| \`${by}\` | ${figure(states)} | ${figure(statesPerSecond)} | ${figure(bytesPerState)} |`).join('\n')}
`;
}

function holding(reports: readonly ConfigurationReport[]): string {
  const all = reports.flatMap(({ properties }) => properties);
  const ids = new Set(all.map(({ kind, id }) => `${kind} ${id}`));
  return `${ids.size} properties; each holds wherever it applies, and each applies somewhere.`;
}

function table(reports: readonly ConfigurationReport[]): string {
  const rows = reports.map(({ id, title, ending, size }) => [id, title, ...cells(size), ending]);
  const states = sumOf(reports, 'states');
  const seconds = sumOf(reports, 'seconds');
  const sums = [states, sumOf(reports, 'edges')].map(figure);
  const all = ['', 'all', ...sums, '', String(Math.round(seconds)), figure(states / seconds), '', ''];
  return [
    '| configuration | | states | edges | depth | seconds | states a second | bytes a state | ended by |',
    '| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |',
    ...[...rows, all].map((row) => `| ${row.join(' | ')} |`),
  ].join('\n');
}

function cells({
  states,
  edges,
  depth,
  seconds,
  bytesPerState,
  edgeBytesPerState,
}: ConfigurationReport['size']): string[] {
  const bytes = Math.round(bytesPerState + edgeBytesPerState);
  return [figure(states), figure(edges), String(depth), seconds.toFixed(1), figure(states / seconds), String(bytes)];
}

function boundsText(bounds: WorldConfiguration['bounds']): string {
  return Object.entries(bounds)
    .map(([what, bound]) => `${what}: ${bound}`)
    .join(' · ');
}

function figure(amount: number): string {
  return Math.round(amount).toLocaleString('en');
}
