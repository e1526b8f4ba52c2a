import { linkedPair } from '@mcp-lifeline/adapter-memory';
import { type Client, type ClientOptions, connect, serve } from '@mcp-lifeline/driver';
import { virtualClock } from '@mcp-lifeline/driver/virtual-clock';
import { describe, expect, it } from 'vitest';

const CALLS = 10_000;
const ANSWERED = 5_000;
const LATENCY_MS = 5;

describe('10,000 calls in flight over a linked pair, when we end the session', () => {
  it.each([
    { name: 'close', end: (client: Client) => [client.close()] },
    { name: 'close twice', end: (client: Client) => [client.close(), client.close()] },
    { name: 'close, then kill', end: (client: Client) => [client.close(), client.kill()] },
    { name: 'kill', end: (client: Client) => [client.kill()] },
  ])('settle in send order within that very step, as closed: $name', async ({ end }) => {
    const session = await inFlight();
    const ends = end(session.client);
    expect(session.told).toHaveLength(CALLS);
    expect(new Set(session.told.map(({ outcome, sent }) => `${outcome} ${sent}`))).toEqual(new Set(['closed true']));
    expect(session.told.map(({ key }) => key)).toEqual(session.told.map((_, index) => index + 1));
    // One microtask, and no turn of any loop.
    await null;
    expect(session.handled).toHaveLength(CALLS);
    const hows = await session.over(Promise.all(ends));
    expect(new Set(hows).size).toBe(1);
    expect(hows[0]).toEqual({ why: 'asked' });
    expectNothingLeft(session);
  });
});

describe('10,000 calls in flight over a linked pair, when their server', () => {
  it.each([
    { name: 'leaves', why: 'peerEnded', end: ({ server }: InFlight) => void server.close() },
    { name: 'is killed', why: 'peerGone', end: ({ kill }: InFlight) => kill() },
  ])('$name: 5,000 were answered, the rest is lost before the end is told', async ({ end, why }) => {
    const session = await inFlight(ANSWERED);
    const atEnd: number[] = [];
    void session.client.closed.then(() => atEnd.push(session.handled.length));
    end(session);
    const how = await session.over(session.client.closed);
    expect(how).toEqual({ why });
    expect(atEnd).toEqual([CALLS]);
    expect(countOf(session.handled)).toEqual({ result: ANSWERED, 'ConnectionLostError true': CALLS - ANSWERED });
    expectNothingLeft(session);
  });

  it('leaves right behind 5,000 answers: those that are on their way count', async () => {
    const session = await inFlight(ANSWERED, { isAnsweredLate: true });
    expect(session.handled).toEqual([]);
    session.answerNow();
    // What handlers came to is handed on in microtasks, then the server goes.
    await null;
    await null;
    void session.server.close();
    await session.over(session.client.closed);
    expect(countOf(session.handled)).toEqual({ result: ANSWERED, 'ConnectionLostError true': CALLS - ANSWERED });
    expectNothingLeft(session);
  });

  it('never answers: each times out once, and what comes later is passed over', async () => {
    const reports: unknown[] = [];
    const session = await inFlight(CALLS, {
      isAnsweredLate: true,
      requestTimeoutMs: 1_000,
      onReport: (fault) => reports.push(fault),
    });
    await session.clock.advance(1_100);
    expect(countOf(session.handled)).toEqual({ 'TimeoutError true': CALLS });
    session.answerNow();
    await session.clock.advance(1_000);
    expect(reports).toEqual([]);
    await session.over(session.client.close());
    expect(session.handled).toHaveLength(CALLS);
    expectNothingLeft(session);
  });
});

type Told = { readonly key: unknown; readonly outcome: string; readonly sent?: boolean };
type InFlight = Awaited<ReturnType<typeof inFlight>>;

/** A session under a virtual clock, with all of its calls at the server, of which some are answered. */
async function inFlight(answered = 0, options: Partial<ClientOptions> & { readonly isAnsweredLate?: boolean } = {}) {
  const { isAnsweredLate = false, ...clientOptions } = options;
  const clock = virtualClock();
  const [near, far] = linkedPair({ clock, latencyMs: LATENCY_MS });
  const answers: (() => void)[] = [];
  let taken = 0;
  const take = (): Result | Promise<Result> => {
    taken += 1;
    if (taken > answered) return new Promise(() => {});
    if (!isAnsweredLate) return RESULT;
    return new Promise((resolve) => answers.push(() => resolve(RESULT)));
  };
  const server = serve(far, {
    info: { name: 'server', version: '1.0.0' },
    capabilities: { tools: {} },
    clock,
    requests: { 'tools/call': take },
  });
  const told: Told[] = [];
  const connecting = connect(near, {
    info: { name: 'client', version: '1.0.0' },
    clock,
    taps: {
      app: (seen) => {
        if (seen.kind === 'settled') told.push(seen.data);
      },
    },
    ...clientOptions,
  });
  await clock.advance(10 * LATENCY_MS);
  const client = await connecting;
  const handled: string[] = [];
  for (let number = 0; number < CALLS; number += 1) {
    client.request('tools/call', { name: 'any' }).then(
      () => handled.push('result'),
      (error) => handled.push(`${error.name} ${error.sent}`),
    );
  }
  await clock.advance(10 * LATENCY_MS);
  // A linked pair goes when both of its ends have.
  void client.closed.then(() => server.kill());
  const over = async <T>(ending: Promise<T>): Promise<T> => {
    await clock.advance(10 * LATENCY_MS);
    return ending;
  };
  const answerNow = (): void => {
    for (const answer of answers) answer();
  };
  return { clock, client, server, told, handled, over, answerNow, kill: () => far.kill() };
}

const RESULT = { content: [] } as const;

type Result = typeof RESULT;

function countOf(names: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** Each was told and handled once; no timer is armed on either side. */
function expectNothingLeft({ told, handled, clock, server }: InFlight): void {
  expect(new Set(told.map(({ key }) => key)).size).toBe(CALLS);
  expect(told).toHaveLength(CALLS);
  expect(handled).toHaveLength(CALLS);
  expect(server.phase).toBe('closed');
  expect(clock.pending).toBe(0);
}
