import { installPeer, type PeerName } from '@mcp-lifeline/peers';
import type { Revision } from '@mcp-lifeline/specs';
import { describe, expect, it } from 'vitest';
import { type FuzzResult, formatCase, fuzzServer, storyOf, type Violation } from '../../src/index.ts';
import { isSteady } from '../../src/process/investigate.ts';
import { ECHO_COMMAND, FAULTY_SEQUENCES, faultyCommand } from './faulty-servers.ts';
import { mark } from './nothing-left.ts';

/** Where the figures are kept for readers. */
const PAGE = '../../../../docs/fuzz.md';

const SEEDS = [1, 2, 3, 4, 5];
/** So many of the seeds must come upon it, within so many runs. */
const ENOUGH_SEEDS = 4;
/** So many of the servers must be told of in the shortest form by so many seeds. */
const ENOUGH_SHORTEST = 8;
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

/** The servers that were told of so. */
const inShortest: string[] = [];

const lines = { sequences: [] as string[], known: [] as string[], clean: [] as string[], stories: [] as string[] };

describe('servers without a known fault', () => {
  it('the echo server shows nothing', () => clean('echo-server (ours)', { command: ECHO_COMMAND, env: {} }));

  it.each(CLEAN)('%s shows nothing', async (peer) => clean(peer, await started(peer)));
});

describe('the faults that take a sequence', () => {
  it.each(Object.entries(FAULTY_SEQUENCES))(
    '%s is found by nearly every seed',
    async (name, { id, length, revision }) => {
      const hunts = await huntAll({ name, command: faultyCommand(name), isIt: (one) => one === id, revision });
      const shortest = hunts.filter(({ found }) => found?.violation.case.acts.length === length);
      lines.sequences.push(`| ${name} | ${id} | ${length} | ${share(shortest)} | ${runsOf(hunts)} |`);
      tellStory(name, shortest);
      if (shortest.length >= ENOUGH_SEEDS) inShortest.push(name);
      expect(hunts.flatMap(({ error }) => error ?? [])).toEqual([]);
      expect(hunts.filter(({ found }) => found !== null).length).toBeGreaterThanOrEqual(ENOUGH_SEEDS);
    },
  );

  // One of them shows its fault only where two calls end in one tick: on a busy machine more acts are what makes it come again.
  it('are told in their shortest form by nearly every seed, most of them', () => {
    expect(inShortest.length).toBeGreaterThanOrEqual(ENOUGH_SHORTEST);
  });
});

describe('known faults of published servers', () => {
  it.each(KNOWN_FAULTS)('$id of $peer is found by nearly every seed', async ({ peer, id, longest }) => {
    const hunts = await huntAll({ name: peer, ...(await started(peer)), isIt: (one) => id.test(one) });
    const short = hunts.filter(({ found }) => found !== null && found.violation.case.acts.length <= longest);
    const shown = short.flatMap(({ found }) => found?.violation.broken.map((broken) => broken.id) ?? []);
    const ids = [...new Set(shown.filter((one) => id.test(one)))].join(', ');
    const acts = hunts.map(({ found }) => found?.violation.case.acts.length ?? '-').join(', ');
    lines.known.push(`| ${peer} | ${ids} | ${acts} | ${share(short)} | ${runsOf(hunts)} |`);
    tellStory(peer, short);
    expect(hunts.flatMap(({ error }) => error ?? [])).toEqual([]);
    expect(short.length).toBeGreaterThanOrEqual(ENOUGH_SEEDS);
  });
});

describe('the page', () => {
  // The last of all: also where some of the others failed, it tells of them.
  it('tells of every server', async () => {
    await expect(page()).toMatchFileSnapshot(PAGE);
    const rows = [...lines.clean, ...lines.sequences, ...lines.known];
    expect(rows).toHaveLength(1 + CLEAN.length + Object.keys(FAULTY_SEQUENCES).length + KNOWN_FAULTS.length);
  });
});

/** How a server is started. */
interface Started {
  readonly command: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
}

async function started(peer: PeerName): Promise<Started> {
  const { command, env } = await installPeer(peer);
  const [program = '', ...args] = command;
  return { command: [program, ...args], env };
}

/** What is looked for, and where. */
interface Quarry {
  readonly command: Started['command'];
  readonly env?: Started['env'];
  readonly name: string;
  readonly isIt: (id: string) => boolean;
  readonly revision?: Revision | undefined;
}

/** One seed's hunt: what it found, or what went wrong with it. */
interface Hunt {
  readonly runs: number;
  readonly found: { readonly violation: Violation; readonly result: FuzzResult } | null;
  readonly error: string | null;
}

/** One hunt a seed; one that goes wrong does not keep the others from theirs. */
async function huntAll(quarry: Quarry): Promise<readonly Hunt[]> {
  const hunts: Hunt[] = [];
  for (const seed of SEEDS) {
    const hunt = await huntOne(quarry, seed).catch((error: unknown): Hunt => {
      return { runs: 0, found: null, error: `seed ${seed}: ${String(error)}` };
    });
    hunts.push(hunt);
    tell(`${quarry.name}, seed ${seed}`, hunt.error ?? huntText(hunt));
  }
  return hunts;
}

/** Fuzzes until such a fault is found that comes again, or there were enough runs; nothing of the server may be left. */
async function huntOne({ command, env, isIt, revision }: Quarry, seed: number): Promise<Hunt> {
  const marked = mark();
  const isFound = (one: Violation): boolean => isSteady(one) && one.broken.some(({ id }) => isIt(id));
  const result = await fuzzServer({
    target: { command, env: { ...env, ...marked.env } },
    seed,
    runs: RUNS,
    shrinkSeconds: 240,
    ...(revision === undefined ? {} : { revision }),
    isEnough: (violations) => violations.some(isFound),
  });
  const left = await marked.left();
  const violation = result.fuzz.violations.find(isFound);
  const error = left.length === 0 ? null : `seed ${seed} left ${left.join(', ')}`;
  return { runs: result.fuzz.runs, found: violation === undefined ? null : { violation, result }, error };
}

async function clean(name: string, { command, env }: Started): Promise<void> {
  const marked = mark();
  const target = { command, env: { ...env, ...marked.env } };
  const result = await fuzzServer({ target, seed: 1, runs: CLEAN_RUNS });
  const { runs, processes, coverage, violations } = result.fuzz;
  const { states, transitions } = coverage;
  const reached = `${states.reached} of ${states.of} | ${transitions.reached} of ${transitions.of}`;
  const ids = violations.map(({ broken }) => broken.map(({ id }) => id).join(' and '));
  const faults = ids.length === 0 ? 'none' : ids.join(', ');
  lines.clean.push(`| ${name} | ${runs} | ${faults} | ${reached} | ${(processes / result.seconds).toFixed(1)} |`);
  tell(name, `${runs} runs and ${processes} processes in ${result.seconds} s, reached ${reached}, faults: ${faults}`);
  for (const { case: one } of violations) tell(name, formatCase(one));
  expect(ids).toEqual([]);
  expect(runs).toBe(CLEAN_RUNS);
  expect(await marked.left()).toEqual([]);
}

/** The whole takes an hour: whoever waits sees how far it is. */
function tell(what: string, news: string): void {
  process.stderr.write(`${what}: ${news}\n`);
}

function huntText({ found, runs }: Hunt): string {
  if (found === null) return `not found in ${runs} runs`;
  const { broken, case: one, again, foundIn } = found.violation;
  const ids = broken.map(({ id }) => id).join(' and ');
  const size = `${one.acts.length} acts out of ${foundIn}, again in ${again.shown} of ${again.of}`;
  return `${ids} in ${runs} runs and ${found.result.seconds} s, ${size}: ${formatCase(one)}`;
}

function share(hunts: readonly Hunt[]): string {
  return `${hunts.length} of ${SEEDS.length}`;
}

function runsOf(hunts: readonly Hunt[]): string {
  return hunts.map(({ found, runs, error }) => (error !== null ? 'broke off' : found === null ? '-' : runs)).join(', ');
}

function tellStory(name: string, [best]: readonly Hunt[]): void {
  if (best?.found != null) lines.stories.push(...storyLines(name, best.found.violation, best.found.result));
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
length that comes again; *runs* is what it took each seed to come upon it.

| server | check | acts | shortest | runs |
| --- | --- | --- | --- | --- |
${lines.sequences.join('\n')}

## Known faults of published servers

Five seeds each likewise; *acts* is the length of the sequence that each seed was led to, *found* how many were led to one that is
as short as can be expected and comes again. [By hand](field-notes.md).

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
