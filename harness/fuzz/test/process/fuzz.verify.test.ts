import { installPeer, type PeerName } from '@mcp-lifeline/peers';
import { afterAll, describe, expect, it } from 'vitest';
import { type FuzzResult, fuzzServer, storyOf, type Violation } from '../../src/index.ts';
import { ECHO_COMMAND, FAULTY_SEQUENCES, faultyCommand } from './faulty-servers.ts';
import { mark } from './nothing-left.ts';

/** Where the figures are kept for readers. */
const PAGE = '../../../../docs/fuzz.md';

const SEEDS = [1, 2, 3, 4, 5];
/** So many of the seeds must come upon it, within so many runs. */
const ENOUGH_SEEDS = 4;
const RUNS = 2_000;
/** So many runs must show nothing on a server without a fault. */
const CLEAN_RUNS = 1_000;

/** Faults of published servers that no scenario was written for here. */
const KNOWN_FAULTS: readonly { readonly peer: PeerName; readonly id: RegExp; readonly longest: number }[] = [
  { peer: 'server-everything-2025.12.18', id: /^shutdown\.eof-/, longest: 3 },
  { peer: 'fastmcp', id: /^handshake\.no-early-requests$/, longest: 3 },
  { peer: 'sdk-1.32.2', id: /^cancel\.stops-response$/, longest: 4 },
];

const CLEAN: readonly PeerName[] = ['context7-mcp', 'sdk-1.24.3', 'sdk-2.1.0'];

const lines = { sequences: [] as string[], known: [] as string[], clean: [] as string[], stories: [] as string[] };

describe('the faults that take a sequence', () => {
  it.each(Object.entries(FAULTY_SEQUENCES))(
    '%s is found by nearly every seed, in its shortest form',
    async (name, fault) => {
      const { id, length, revision } = fault;
      const results = await inTurn(SEEDS, (seed) => {
        return hunt(faultyCommand(name), seed, (violation) => isOf(violation, (one) => one === id), {}, revision);
      });
      const shortest = results.filter(({ found }) => found?.case.acts.length === length);
      const runs = results.map(({ found, result }) => (found === undefined ? '-' : `${result.fuzz.runs}`)).join(', ');
      lines.sequences.push(`| ${name} | ${id} | ${length} | ${shortest.length} of ${SEEDS.length} | ${runs} |`);
      const [best] = shortest;
      if (best?.found !== undefined) lines.stories.push(...storyLines(name, best.found, best.result));
      expect(shortest.length).toBeGreaterThanOrEqual(ENOUGH_SEEDS);
    },
  );
});

describe('known faults of published servers', () => {
  it.each(KNOWN_FAULTS)('$id of $peer is found by nearly every seed', async ({ peer, id, longest }) => {
    const { command, env } = await installPeer(peer);
    const [program = '', ...args] = command;
    const isIt = (violation: Violation): boolean => isOf(violation, (one) => id.test(one));
    const results = await inTurn(SEEDS, (seed) => hunt([program, ...args], seed, isIt, env));
    const short = results.filter(({ found }) => found !== undefined && found.case.acts.length <= longest);
    const ids = [
      ...new Set(
        short.flatMap(({ found }) => found?.broken.map((broken) => broken.id).filter((one) => id.test(one)) ?? []),
      ),
    ];
    const acts = short.map(({ found }) => found?.case.acts.length ?? 0);
    const runs = results.map(({ found, result }) => (found === undefined ? '-' : `${result.fuzz.runs}`)).join(', ');
    lines.known.push(
      `| ${peer} | ${ids.join(', ')} | ${acts.join(', ')} | ${short.length} of ${SEEDS.length} | ${runs} |`,
    );
    const [best] = short;
    if (best?.found !== undefined) lines.stories.push(...storyLines(peer, best.found, best.result));
    expect(short.length).toBeGreaterThanOrEqual(ENOUGH_SEEDS);
  });
});

describe('servers without a known fault', () => {
  const clean = async (name: string, command: readonly [string, ...string[]], env = {}): Promise<void> => {
    const marked = mark();
    const result = await fuzzServer({ target: { command, env: { ...env, ...marked.env } }, seed: 1, runs: CLEAN_RUNS });
    const { runs, processes, coverage, violations } = result.fuzz;
    const { states, transitions } = coverage;
    const reached = `${states.reached} of ${states.of} | ${transitions.reached} of ${transitions.of}`;
    lines.clean.push(
      `| ${name} | ${runs} | ${violations.length} | ${reached} | ${(processes / result.seconds).toFixed(1)} |`,
    );
    expect(violations.map(({ broken }) => broken.map(({ id }) => id))).toEqual([]);
    expect(await marked.left()).toEqual([]);
  };

  it('the echo server shows nothing', () => clean('echo-server (ours)', ECHO_COMMAND));

  it.each(CLEAN)('%s shows nothing', async (peer) => {
    const { command, env } = await installPeer(peer);
    const [program = '', ...args] = command;
    await clean(peer, [program, ...args], env);
  });
});

afterAll(async () => {
  await expect(page()).toMatchFileSnapshot(PAGE);
});

interface Hunt {
  readonly result: FuzzResult;
  readonly found: Violation | undefined;
}

/** Fuzzes until such a fault is found, or there were enough runs; nothing of the server may be left. */
async function hunt(
  command: readonly [string, ...string[]],
  seed: number,
  isIt: (violation: Violation) => boolean,
  env: Readonly<Record<string, string>> = {},
  revision?: FuzzResult['preferred'],
): Promise<Hunt> {
  const marked = mark();
  const result = await fuzzServer({
    target: { command, env: { ...env, ...marked.env } },
    seed,
    runs: RUNS,
    shrinkSeconds: 240,
    ...(revision == null ? {} : { revision }),
    isEnough: (violations) => violations.some(isIt),
  });
  expect(await marked.left()).toEqual([]);
  return { result, found: result.fuzz.violations.find(isIt) };
}

function isOf({ broken }: Violation, isIt: (id: string) => boolean): boolean {
  return broken.some(({ id }) => isIt(id));
}

async function inTurn<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  for (const one of all) results.push(await work(one));
  return results;
}

function storyLines(name: string, violation: Violation, { fuzz: { means } }: FuzzResult): readonly string[] {
  const story = storyOf(violation.case, means).map((sentence, index) => `${index + 1}. ${sentence}`);
  const [first] = violation.broken;
  return [
    `### ${name}`,
    '',
    ...story,
    '',
    `Expected: ${first?.finding.expected}. Observed: ${first?.finding.observed}.`,
    '',
  ];
}

function page(): string {
  return `# Fuzzing real servers

What \`mcp-lifeline fuzz\` makes of servers whose faults are known, and of such as have none that is known. Random cases, a fresh
process each; no scenario was written for any of these faults. Written by \`pnpm verify\`.

## Faults that take a sequence

Each server of \`harness/fuzz/faulty\` is right in every single exchange. Five seeds each, ${RUNS} runs at most; *acts* is the length of
the shortest sequence that shows the fault, counted by hand; *shortest* tells how many seeds were led to a sequence of that
length; *runs* is what it took each seed to come upon it.

| server | check | acts | shortest | runs |
| --- | --- | --- | --- | --- |
${lines.sequences.join('\n')}

## Known faults of published servers

| server | check | acts | found | runs |
| --- | --- | --- | --- | --- |
${lines.known.join('\n')}

## Servers without a known fault

| server | runs | faults | states | acts in states | processes a second |
| --- | --- | --- | --- | --- | --- |
${lines.clean.join('\n')}

The pace is that of the machine that wrote this page, which did other things beside.

## The stories

${lines.stories.join('\n').trimEnd()}
`;
}
