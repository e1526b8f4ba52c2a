import { MARK_VARIABLE } from '@mcp-lifeline/peer';
import { afterEach, describe, expect, it } from 'vitest';
import { leaveNothing, living, newMark, programFile, startProgram } from './programs.js';

afterEach(leaveNothing);

const CALLS = 10_000;
const ANSWERED = 5_000;
/** No step of it comes by itself before the test is given up. */
const PATIENT = { drainMs: 20_000, graceMs: 60_000, termMs: 60_000, reapMs: 2_000 };
const QUICK = { drainMs: 250, graceMs: 100, termMs: 100, reapMs: 2_000 };

describe.skipIf(process.platform !== 'linux')('10,000 calls in flight over stdio, when we end the session', () => {
  it.each([
    { name: 'close', ending: 'close', server: 'hold', exit: 'exited with code 0' },
    {
      name: 'close, up to the end of the ladder',
      ending: 'close',
      server: 'stubborn',
      ladder: QUICK,
      exit: 'was ended by SIGKILL',
    },
    { name: 'close twice', ending: 'closeTwice', server: 'stubborn', exit: 'was ended by SIGKILL' },
    { name: 'close, then kill', ending: 'closeThenKill', server: 'stubborn', exit: 'was ended by SIGKILL' },
    { name: 'kill', ending: 'kill', server: 'hold', exit: 'was ended by SIGKILL' },
  ])('settle as closed within that very turn, and nothing is left: $name', async (row) => {
    const { ending, server, exit, ladder = PATIENT } = row;
    const round = await playOne({ ending, server: [server, CALLS, 0], ladder });
    expect(round).toMatchObject({ toldInSameStep: CALLS, handledInSameTurn: CALLS / 2, endsAgree: true });
    expect(round.told).toEqual({ 'closed true': CALLS });
    expect(round.settled).toEqual({ 'ClosedError true': CALLS });
    expect(round.afterClosed).toEqual({ 'ClosedError false': 1 });
    expect(round.closed).toMatchObject({ why: 'asked', detail: expect.stringContaining(exit) });
  });
});

describe.skipIf(process.platform !== 'linux')('10,000 calls in flight over stdio, when the server', () => {
  it.each([
    { name: 'ends its output', server: 'eof', exit: 'exited with code 0' },
    { name: 'exits', server: 'exit', exit: 'exited with code 1' },
    {
      name: 'exits while a descendant still writes for it',
      server: 'heir',
      exit: 'exited with code 1',
      ladder: PATIENT,
    },
    { name: 'fails for an error that nobody caught', server: 'uncaught', exit: 'exited with code 1' },
    { name: 'is SIGKILLed', server: 'hold', exit: 'was ended by SIGKILL' },
    { name: 'leaves a descendant that holds its output', server: 'grandchild', exit: 'exited with code 1' },
    { name: 'leaves one outside of its group', server: 'stranger', exit: 'exited with code 1', survivors: ['sleep'] },
  ])('$name: 5,000 answers were on their way and count, the rest is lost, and nothing is left', async (row) => {
    const { server, exit, ladder, survivors = [] } = row;
    // Blocked meanwhile, the host finds answers, end of output and exit all at once.
    const plan = { ending: 'peer', server: [server, CALLS, ANSWERED], blockMs: 50, ladder };
    const round = await playOne(plan, survivors);
    expect(round.told).toEqual({ 'result true': ANSWERED, 'connectionLost true': CALLS - ANSWERED });
    expect(round.settled).toEqual({ result: ANSWERED, 'ConnectionLostError true': CALLS - ANSWERED });
    expect(round.afterClosed).toEqual({ 'ConnectionLostError false': 1 });
    expect(round.closed).toMatchObject({ why: 'peerEnded', detail: expect.stringContaining(exit) });
  });
});

describe.skipIf(process.platform !== 'linux')(
  'six sessions in a row, each with 10,000 calls in flight at its end',
  () => {
    it.each([
      { name: 'over stdio, which we close', ending: 'close', server: ['hold', CALLS, 0] },
      { name: 'over stdio, whose server exits', ending: 'peer', server: ['exit', CALLS, ANSWERED] },
      { name: 'within one process, which we close', transport: 'memory', ending: 'close', server: ['hold', CALLS, 0] },
      {
        name: 'within one process, whose server leaves',
        transport: 'memory',
        ending: 'peer',
        server: ['eof', CALLS, ANSWERED],
      },
    ])('keep nothing in memory: $name', async ({ name: _, ...plan }) => {
      const { rounds, heapUsed } = await play({ ...plan, rounds: 6 });
      expect(rounds).toHaveLength(6);
      for (const round of rounds) expectSettledOnce(round);
      // What is kept by every round shows in every difference; what is made once, or goes late, in one or two of the five.
      const growth = heapUsed.slice(1).map((bytes, index) => bytes - (heapUsed[index] ?? 0));
      const [, , median = 0] = growth.toSorted((one, other) => one - other);
      expect(median, growth.join()).toBeLessThan(LEAST_LEAK_BYTES);
    });
  },
);

interface Round {
  /** How many calls were told to have settled, by outcome and `sent`; how many of them a second time. */
  readonly told: Readonly<Record<string, number>>;
  readonly toldTwice: number;
  readonly toldInSameStep?: number;
  readonly toldAtClosed: number;
  readonly handled: number;
  readonly handledInSameTurn?: number;
  readonly handledAfterClosed: number;
  readonly endsAgree?: boolean;
  /** Each phase, and how many calls had settled before it was told. */
  readonly phases: readonly string[];
  readonly reports: number;
  readonly closed: { readonly why: string; readonly detail?: string };
  readonly settled: Readonly<Record<string, number>>;
  readonly afterClosed: Readonly<Record<string, number>>;
  /** What was active in the end beside what was before. */
  readonly resources: readonly string[];
}

function expectSettledOnce(round: Round): void {
  expect(round).toMatchObject({ toldTwice: 0, toldAtClosed: CALLS, handledAfterClosed: 0, handled: CALLS / 2 });
  expect(round.phases.filter((phase) => /^clos/.test(phase))).toEqual([`closing ${CALLS}`, `closed ${CALLS}`]);
  expect(round.reports).toBe(0);
  expect(round.resources).toEqual([]);
}

/** One session, with what holds at every end. */
async function playOne(plan: object, survivors: readonly string[] = []): Promise<Round> {
  const [round] = (await play(plan, survivors)).rounds;
  if (round === undefined) throw new Error('nothing was played');
  expectSettledOnce(round);
  return round;
}

interface Played {
  readonly rounds: readonly Round[];
  /** After each round and a collection, in bytes. */
  readonly heapUsed: readonly number[];
}

/** Plays sessions in a host that must not end by an unhandled rejection, and exits by itself; looks what lives then. */
async function play(plan: object, survivors: readonly string[] = []): Promise<Played> {
  const mark = newMark();
  const text = JSON.stringify({ calls: CALLS, rounds: 1, env: { [MARK_VARIABLE]: mark }, ...plan });
  const nodeArguments = ['--expose-gc', '--unhandled-rejections=strict'];
  const host = startProgram(programFile('calls-host.mjs'), [text], { mark, nodeArguments });
  expect([await host.exited, host.stderr()]).toEqual([0, '']);
  expect(living(mark)).toEqual(survivors);
  return JSON.parse(host.stdout());
}

/** Less than a pointer and a number for each call of a round. */
const LEAST_LEAK_BYTES = 20 * CALLS;
