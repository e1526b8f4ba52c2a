import { describe, expect, test } from 'vitest';
import { SWEEP_MS } from '../../src/calls/our-calls.ts';
import { save } from '../../src/saving.ts';
import {
  cancelled,
  codes,
  delivered,
  FIRST_ID,
  only,
  outcomes,
  progress,
  readyClient,
  readyServer,
  result,
  START,
  sent,
} from '../session/drive.ts';

describe('a deadline', () => {
  test('semantics 13: passed, the peer is told, then the call settles (lifecycle/timeout-cancel)', () => {
    const client = readyClient({ config: { requestTimeoutMs: 1_000 } });
    client.call(7, 'tools/list');
    expect(client.expire('calls')).toEqual([
      { type: 'send', message: cancelled(FIRST_ID, 'timed out'), urgent: true },
      { type: 'settle', key: 7, outcome: { ok: false, kind: 'timeout', sent: true } },
    ]);
    expect(client.now).toBe(START + 1_000);
  });

  test('is that of the call where it has one (lifecycle/timeout-per-request)', () => {
    const client = readyClient({ config: { requestTimeoutMs: 10_000 } });
    client.call(7, 'tools/list', { timeoutMs: 200 });
    expect(client.dueOf('calls')).toBe(START + 200);
    expect(outcomes(client.expire('calls'))).toEqual([[7, 'timeout']]);
  });

  test('covers each request, pings and those of a server too (lifecycle/timeout-every-request)', () => {
    const server = readyServer({ config: { requestTimeoutMs: 100 } });
    server.call(7, 'ping');
    server.call(8, 'sampling/createMessage');
    expect(outcomes(server.expire('calls'))).toEqual([
      [7, 'timeout'],
      [8, 'timeout'],
    ]);
  });

  test('of 0 ms passes at once, but not in the step that called', () => {
    const client = readyClient();
    expect(outcomes(client.call(7, 'tools/list', { timeoutMs: 0 }))).toEqual([]);
    expect(client.dueOf('calls')).toBe(START);
    expect(outcomes(client.expire('calls'))).toEqual([[7, 'timeout']]);
  });
});

describe('progress', () => {
  test('moves the deadline, counted from when it came (lifecycle/timeout-reset-on-progress)', () => {
    const client = readyClient();
    client.call(7, 'tools/list', { timeoutMs: 1_000 });
    client.wait(900);
    client.hear(progress(FIRST_ID, 1));
    expect(outcomes(client.expire('calls'))).toEqual([]);
    expect(client.dueOf('calls')).toBe(START + 1_900);
    expect(outcomes(client.expire('calls'))).toEqual([[7, 'timeout']]);
  });

  test('never moves it past the maximum, and what passes then is told apart (lifecycle/timeout-maximum)', () => {
    const client = readyClient();
    client.call(7, 'tools/list', { timeoutMs: 1_000, maxTotalMs: 1_500 });
    client.wait(900);
    client.hear(progress(FIRST_ID, 1));
    client.expire('calls');
    client.wait(100);
    client.hear(progress(FIRST_ID, 2));
    expect(client.dueOf('calls')).toBe(START + 1_500);
    expect(outcomes(client.expire('calls'))).toEqual([[7, 'maxTotal']]);
    expect(client.now).toBe(START + 1_500);
  });

  test('cannot bring back a deadline that the maximum has cut short', () => {
    const client = readyClient();
    client.call(7, 'tools/list', { timeoutMs: 1_000, maxTotalMs: 300 });
    client.hear(progress(FIRST_ID, 1));
    expect(outcomes(client.expire('calls'))).toEqual([[7, 'maxTotal']]);
    expect(client.now).toBe(START + 300);
  });

  test('of one call leaves the others alone', () => {
    const client = readyClient();
    client.call(7, 'tools/list', { timeoutMs: 1_000 });
    client.call(8, 'tools/list', { timeoutMs: 1_000 });
    client.wait(500);
    client.hear(progress(FIRST_ID, 1));
    expect(outcomes(client.expire('calls'))).toEqual([[8, 'timeout']]);
    expect(outcomes(client.expire('calls'))).toEqual([[7, 'timeout']]);
  });

  test('semantics 5: moves the record, not the timer', () => {
    const client = readyClient();
    client.call(7, 'tools/list', { timeoutMs: 1_000 });
    const { timers } = save(client.state);
    client.wait(10);
    expect(client.hear(progress(FIRST_ID, 1)).map(({ type }) => type)).toEqual(['deliver']);
    expect(save(client.state).timers).toEqual(timers);
  });
});

describe('semantics 5: all deadlines share one timer', () => {
  test('it is armed for the earliest, and armed anew only for an earlier one', () => {
    const client = readyClient();
    expect(only('arm', client.call(1, 'tools/list', { timeoutMs: 1_000 }))).toMatchObject([{ at: START + 1_000 }]);
    expect(only('arm', client.call(2, 'tools/list', { timeoutMs: 2_000 }))).toEqual([]);
    expect(only('arm', client.call(3, 'tools/list', { timeoutMs: 500 }))).toMatchObject([{ at: START + 500 }]);
    expect(outcomes(client.expire('calls'))).toEqual([[3, 'timeout']]);
    expect(client.dueOf('calls')).toBe(START + 1_000);
  });

  test(`it never runs out early, and at most ${SWEEP_MS} ms late`, () => {
    for (let late = 0; late <= 2 * SWEEP_MS; late += 7) {
      const client = readyClient();
      client.wait(late);
      const due = client.now + 333;
      client.call(7, 'tools/list', { timeoutMs: 333 });
      expect(client.dueOf('calls')).toBeGreaterThanOrEqual(due);
      expect(client.dueOf('calls')).toBeLessThan(due + SWEEP_MS);
    }
  });

  test('deadlines that lie close together pass in one look', () => {
    const client = readyClient();
    for (const key of [1, 2, 3]) client.call(key, 'tools/list', { timeoutMs: 1_000 - key });
    expect(outcomes(client.expire('calls')).map(([key]) => key)).toEqual([1, 2, 3]);
    expect(client.dueOf('calls')).toBeUndefined();
  });

  test('a look that finds nobody left ends it; the next call arms it again', () => {
    const client = readyClient();
    client.call(7, 'tools/list', { timeoutMs: 1_000 });
    client.hear(result(FIRST_ID));
    expect(client.expire('calls')).toEqual([]);
    expect(client.dueOf('calls')).toBeUndefined();
    expect(only('arm', client.call(8, 'tools/list'))).toHaveLength(1);
  });

  test('an expiry that comes too early finds nothing due, and waits on', () => {
    const client = readyClient();
    client.call(7, 'tools/list', { timeoutMs: 1_000 });
    const generation = save(client.state).timers.calls?.generation ?? 0;
    const effects = client.feed({ type: 'elapsed', name: 'calls', generation, heard: 0 });
    expect(outcomes(effects)).toEqual([]);
    expect(client.dueOf('calls')).toBe(START + 1_000);
  });

  test('it ends with the session', () => {
    const client = readyClient();
    client.call(7, 'tools/list');
    expect(only('disarm', client.feed({ type: 'close' }))).toEqual([{ type: 'disarm', name: 'calls' }]);
  });
});

describe('semantics 4: a stale expiry', () => {
  test('of a timer that was armed anew meanwhile changes nothing', () => {
    const client = readyClient();
    client.call(7, 'tools/list', { timeoutMs: 1_000 });
    const stale = save(client.state).timers.calls?.generation ?? 0;
    client.call(8, 'tools/list', { timeoutMs: 500 });
    client.wait(5_000);
    expect(client.feed({ type: 'elapsed', name: 'calls', generation: stale, heard: 0 })).toEqual([]);
    expect(outcomes(client.expire('calls'))).toHaveLength(2);
  });

  test('of a timer that ran out already, was disarmed, or never was, changes nothing', () => {
    const client = readyClient();
    client.call(7, 'tools/list', { timeoutMs: 0 });
    const stale = save(client.state).timers.calls?.generation ?? 0;
    client.expire('calls');
    const before = save(client.state);
    for (const name of ['calls', 'startup', 'slowStart', 'pong', 'drain'] as const) {
      for (const generation of [stale, 0, 1, 2, -1, Number.NaN]) {
        expect(client.feed({ type: 'elapsed', name, generation, heard: 0 })).toEqual([]);
      }
    }
    expect(save(client.state)).toEqual(before);
  });

  test('names that every object has are no timers', () => {
    const client = readyClient();
    for (const name of ['__proto__', 'constructor', 'toString']) {
      const input = { type: 'elapsed', name: name as 'calls', generation: 1, heard: 0 } as const;
      expect(client.feed(input)).toEqual([]);
    }
  });
});

describe('time', () => {
  test('that seems to run backwards stands still', () => {
    const client = readyClient();
    client.wait(500);
    client.feed({ type: 'notify', method: 'x/custom' });
    client.wait(-400);
    client.call(7, 'tools/list', { timeoutMs: 1_000 });
    expect(client.dueOf('calls')).toBe(START + 1_500);
  });

  test('that is none is misuse', () => {
    const client = readyClient();
    client.wait(Number.NaN);
    expect(() => client.feed({ type: 'close' })).toThrow('now must be a finite number');
  });
});

describe('late progress', () => {
  test('of a call whose deadline passed is dropped without a word (cancellation/races)', () => {
    const client = readyClient();
    client.call(7, 'tools/list', { timeoutMs: 0 });
    expect(sent(client.expire('calls'))).toHaveLength(1);
    const effects = client.hear(progress(FIRST_ID, 1));
    expect([delivered(effects), codes(effects)]).toEqual([[], []]);
  });
});
