import { describe, expect, test } from 'vitest';
import type { Call, Case, Move, PairWorld } from '../../src/core/case.ts';
import { OURS, runCase } from '../../src/core/index.ts';

const TIMEOUT_MS = 300_000;
const ROUNDS = 3_000;
const MANY = { maxCalls: 200, maxPeerRequests: 200 };
const WORLD: PairWorld = {
  kind: 'pair',
  link: 'reference',
  host: 'page',
  descendant: 'none',
  client: MANY,
  server: MANY,
};

const deliver = (to: 'client' | 'server', count = 1): Move => ({ type: 'deliver', to, count, cut: 0, every: 0 });
const call = (more: Partial<Call> = {}): Move => ({
  type: 'call',
  side: 'client',
  call: { method: 'tools/call', asksForTask: false, wantsProgress: true, timeoutMs: 5_000, ...more },
});
const answer: Move = { type: 'answer', side: 'server', nth: 0, fails: false };
const cancel: Move = { type: 'cancel', side: 'client', nth: 0 };
const tell: Move = { type: 'progress', side: 'server', nth: 0, goesBack: false };

/** What is done again and again in one session that grows old; more than any table remembers, and any history holds. */
const LIVES: Readonly<Record<string, readonly Move[]>> = {
  'a call that is answered': [call(), deliver('server'), answer, deliver('client')],
  'two calls that overtake each other, one with progress': [
    ...[call(), call({ timeoutMs: 200 }), deliver('server', 2), tell, deliver('client')],
    ...([{ ...answer, nth: 1 }, answer, deliver('client', 2)] as const),
  ],
  'a call that is given up, and its late answer': [
    call(),
    deliver('server'),
    answer,
    cancel,
    deliver('client'),
    deliver('server'),
  ],
  'a call that is given up and never answered': [call(), cancel, deliver('server', 2), deliver('client')],
  'a task that is given up': [
    call({ asksForTask: true }),
    deliver('server'),
    answer,
    cancel,
    deliver('client'),
    deliver('server'),
  ],
};

/** So many calls at a time, so often. */
const [BURST, BURSTS] = [100, 60];

describe(`${ROUNDS} times in one session`, () => {
  test.each(Object.entries(LIVES))('%s', (_, round) => expectEndured(round, ROUNDS), TIMEOUT_MS);
});

test(
  `${BURST} calls at a time that are all answered, ${BURSTS} times in one session`,
  () => {
    const made = Array.from({ length: BURST }, () => call());
    const answered = Array.from({ length: BURST }, () => answer);
    expectEndured([...made, deliver('server', BURST), ...answered, deliver('client', BURST)], BURSTS);
  },
  TIMEOUT_MS,
);

function expectEndured(round: readonly Move[], rounds: number): void {
  const moves: Move[] = [{ type: 'reopen', isShaken: true }];
  for (let left = rounds; left > 0; left -= 1) moves.push(...round);
  const endured: Case = { format: 1, world: WORLD, moves };
  const run = runCase(OURS, endured);
  expect(run.wrong).toBe(null);
  expect(run.sessions).toBe(1);
  expect(run.steps).toBeGreaterThan(2 * rounds);
}
