import { describe, expect, test } from 'vitest';
import { LocalProtocolError, type Params, phase, type State, step } from '../../src/index.ts';
import { abstract, restore, type Saved, save } from '../../src/saving.ts';
import {
  answeredServer,
  cancelled,
  clientConfig,
  codes,
  type Drive,
  drive,
  FIRST_ID,
  negotiatingClient,
  notification,
  only,
  progress,
  readyClient,
  readyServer,
  request,
  result,
  sent,
  serverConfig,
} from './drive.ts';

const MARCH = '2025-03-26';

describe('a saved session', () => {
  for (const [name, make] of Object.entries(sessions())) {
    test(`is JSON, and restores to what saves the same: ${name}`, () => {
      const { state } = make();
      const saved = throughJson(save(state));
      expect(saved).toEqual(save(state));
      const [copy] = restore(saved, saved.now);
      expect(save(copy)).toEqual(saved);
      expect([abstract(copy), phase(copy)]).toEqual([abstract(state), phase(state)]);
    });
  }

  test('goes on where it was: calls, requests, batches, what was given up, the ping', () => {
    const client = readyClient({ revision: MARCH, config: { keepaliveMs: 1_000 } });
    client.call(7, 'tools/list');
    client.call(8, 'tools/list');
    client.feed({ type: 'cancel', key: 8 });
    client.hear([request(1, 'x/one'), request(2, 'ping')]);
    client.feed({ type: 'notify', method: 'x/told' });
    let [state] = restored(client.state);
    const effects = (json: unknown) => {
      const [next, asked] = step(state, { type: 'received', json, now: client.now });
      state = next;
      return asked;
    };
    expect(effects(result(FIRST_ID + 1))).toEqual([]);
    expect(only('settle', effects(result(FIRST_ID)))).toMatchObject([{ key: 7 }]);
    expect(sent(effects(cancelled(1)))).toEqual([[result(2)]]);
  });

  test('arms its timers again, under their generations', () => {
    const client = readyClient({ config: { keepaliveMs: 5_000 } });
    client.call(7, 'tools/list', { timeoutMs: 1_000 });
    const { timers, now } = save(client.state);
    const [, effects] = restored(client.state);
    expect(effects).toEqual([
      { type: 'arm', name: 'keepalive', ...timers.keepalive },
      { type: 'arm', name: 'calls', ...timers.calls },
    ]);
    expect(timers.calls?.at).toBe(now + 1_000);
  });

  test('on another clock moves every due time with it', () => {
    const client = readyClient({ config: { keepaliveMs: 5_000 } });
    client.call(7, 'tools/list', { timeoutMs: 1_000, maxTotalMs: 1_500 });
    client.wait(300);
    client.hear(progress(FIRST_ID, 1));
    for (const clock of [0, client.now - 800, client.now + 1e9]) {
      const saved = throughJson(save(client.state));
      const [state, effects] = restore(saved, clock);
      const shift = clock - client.now;
      expect(only('arm', effects)).toEqual(
        only('arm', restored(client.state)[1]).map((arm) => ({ ...arm, at: arm.at + shift })),
      );
      const [call] = saved.calls;
      expect(save(state).calls).toEqual([
        { ...call, due: (call?.due ?? 0) + shift, lastDue: (call?.lastDue ?? 0) + shift },
      ]);
      expect(save(state).now).toBe(clock);
    }
  });

  test('of another format, or of no session, is misuse', () => {
    const saved = save(readyClient().state);
    expect(() => restore({ ...saved, format: 2 } as unknown as Saved, 0)).toThrow(LocalProtocolError);
    expect(() => restore(saved, Number.NaN)).toThrow(LocalProtocolError);
    expect(() => restore({ ...saved, machine: { ...saved.machine, value: 'nowhere' } }, 0)).toThrow();
  });

  test('semantics 11: a restored session means by an id what the saved one meant', () => {
    const server = readyServer();
    server.hear(request(5, 'x/one'));
    server.hear(request(5, 'x/two'));
    server.feed({ type: 'answer', key: 2, answer: { result: {} } });
    const input = { type: 'received', json: cancelled(5), now: server.now } as const;
    expect(step(restored(server.state)[0], input)[1]).toEqual(step(server.state, input)[1]);
    expect(abstract(restored(server.state)[0])).toEqual(abstract(server.state));
  });
});

describe('what an explorer sees', () => {
  test('does not change with the clock, nor with generations', () => {
    const make = (start: number) => {
      const client = readyClient({ config: { keepaliveMs: 1_000 } });
      client.wait(start);
      for (let turns = 0; turns < start / 1_000; turns += 1) client.expire('keepalive', Number.MAX_SAFE_INTEGER);
      client.call(7, 'tools/list', { timeoutMs: 500 });
      return client.state;
    };
    expect(abstract(make(50_000))).toEqual(abstract(make(0)));
  });

  test('does not change with our ids, nor with the keys of either side', () => {
    const make = (warmUps: number) => {
      const client = readyClient({ revision: MARCH });
      for (let key = 0; key < warmUps; key += 1) {
        client.call(key, 'tools/list');
        client.hear(result(FIRST_ID + key));
        client.hear(request(`w${key}`, 'ping'));
        client.hear([request(`w${key}`, 'ping')]);
      }
      client.call(100 + warmUps, 'tools/list', { timeoutMs: 100 });
      client.call(200 + warmUps, 'prompts/list', { timeoutMs: 300 });
      client.feed({ type: 'cancel', key: 100 + warmUps });
      client.hear([request('a', 'x/one'), request('b', 'ping')]);
      // As a look at the deadlines leaves it, whatever was armed for the calls before.
      client.wait(100);
      client.expire('calls');
      return client.state;
    };
    expect(abstract(make(3))).toEqual(abstract(make(0)));
  });

  test('does not change with their ids and tokens, but keeps which are the same', () => {
    const make = (...[a, b, c]: readonly [string | number, string | number, string | number]) => {
      const server = readyServer({ revision: MARCH });
      server.hear(request(a, 'x/one', { _meta: { progressToken: a } }));
      server.hear([request(b, 'x/one', { _meta: { progressToken: 7 } }), request(c, 'ping')]);
      return abstract(server.state);
    };
    expect(make(1, 2, 3)).toEqual(make('x', 'y', 'z'));
    expect(make(1, 2, 3)).toEqual(make(100, '100', -5));
    expect(make(1, 1, 3)).toEqual(make('x', 'x', 'z'));
    expect(make(1, 1, 3)).not.toEqual(make(1, 2, 3));
    expect(make(1, 2, 1)).not.toEqual(make(1, 2, 3));
  });

  test('tells states apart that behave differently', () => {
    const newest = (key: number) => {
      const server = readyServer();
      server.hear(request(5, 'x/one'));
      server.hear(request(5, 'x/one'));
      server.feed({ type: 'answer', key, answer: { result: {} } });
      return abstract(server.state);
    };
    // A cancellation of 5 finds the newer, but not the older.
    expect(newest(1)).not.toEqual(newest(2));
    const inBatch = (...batches: readonly (readonly number[])[]) => {
      const server = readyServer({ revision: MARCH });
      for (const ids of batches) server.hear(ids.map((id) => request(id, 'x/one')));
      return server;
    };
    const [crossed, straight] = [inBatch([1, 2], [3, 4]), inBatch([1, 2], [3, 4])];
    for (const [server, gone] of [
      [crossed, [1, 3]],
      [straight, [1, 2]],
    ] as const) {
      for (const id of gone) server.hear(cancelled(id));
    }
    expect(abstract(crossed.state)).not.toEqual(abstract(straight.state));
  });

  test('keeps which timers are armed, and which deadline comes first', () => {
    const make = (first: number, second: number) => {
      const client = readyClient();
      client.call(1, 'tools/list', { timeoutMs: first });
      client.call(2, 'tools/list', { timeoutMs: second });
      return abstract(client.state);
    };
    expect(make(100, 200)).toEqual(make(1_000, 5_000));
    expect(make(100, 200)).not.toEqual(make(200, 100));
    expect(make(100, 200)).toMatchObject({ armed: ['calls'] });
  });

  test('keeps whether the next look at the deadlines comes before the first of them', () => {
    const make = (...[first, second]: readonly [number, number]) => {
      const client = readyClient();
      client.call(1, 'tools/list', { timeoutMs: first });
      client.call(2, 'tools/list', { timeoutMs: second });
      client.hear(result(FIRST_ID));
      return abstract(client.state);
    };
    expect([make(100, 200), make(200, 100)]).toMatchObject([{ looksEarly: true }, { looksEarly: false }]);
  });

  test('keeps how much was given up, and in no order', () => {
    const make = (...params: readonly Params[]) => {
      const client = readyClient();
      for (const [index, task] of params.entries()) client.call(index, 'tools/call', { params: task });
      for (const index of params.keys()) client.feed({ type: 'cancel', key: index });
      return abstract(client.state);
    };
    expect(make({ task: {} }, {})).toEqual(make({}, { task: {} }));
    expect(make({ task: {} }, {})).not.toEqual(make({}, {}));
    expect(make({})).not.toEqual(make({}, {}));
  });

  test('is JSON', () => {
    for (const make of Object.values(sessions())) {
      const seen = abstract(make().state);
      expect(JSON.parse(JSON.stringify(seen))).toEqual(seen);
    }
  });
});

describe('a state', () => {
  test('semantics 1: a wish that a delivery led to finds the whole step done', () => {
    const server = readyServer({ revision: MARCH });
    const effects = server.hear([request(1, 'x/one'), request(2, 'x/two'), request(3, 'ping')]);
    expect(only('deliver', effects)).toHaveLength(2);
    expect(only('abort', server.feed({ type: 'close' }))).toHaveLength(2);
  });

  test('stays as it was whatever comes after it', () => {
    const server = readyServer({ revision: MARCH });
    server.call(1, 'roots/list');
    server.hear([request(1, 'x/one', { _meta: { progressToken: 1 } }), request(2, 'ping')]);
    const { state, now } = server;
    const before = JSON.stringify(save(state));
    const inputs = [
      { type: 'answer', key: 2, answer: { result: {} } },
      { type: 'cancel', key: 1 },
      { type: 'received', json: request(9, 'x/two') },
      { type: 'close' },
    ] as const;
    const firsts = inputs.map((input) => step(state, { ...input, now }));
    const seconds = inputs.map((input) => step(state, { ...input, now }));
    expect(seconds.map(([next, effects]) => [save(next), effects])).toEqual(
      firsts.map(([next, effects]) => [save(next), effects]),
    );
    expect(JSON.stringify(save(state))).toBe(before);
  });

  test('does not change with the effects that its step gave away', () => {
    const client = readyClient();
    const [state, effects] = step(client.state, { type: 'call', key: 7, method: 'tools/list', now: client.now });
    const before = JSON.stringify(save(state));
    (effects as unknown[]).push('more');
    (effects as unknown[]).length = 0;
    expect(JSON.stringify(save(state))).toBe(before);
    const [, next] = step(state, { type: 'notify', method: 'x/told', now: client.now });
    expect(sent(next)).toEqual([notification('x/told')]);
  });

  test('does not change with the configuration that it was opened with', () => {
    const config = clientConfig({ capabilities: { roots: { listChanged: true } }, info: { name: 'a', version: '1' } });
    const client = drive(config);
    Object.assign(config, { requestTimeoutMs: 1, revisions: ['2024-11-05'] });
    Object.assign(config.capabilities, { roots: { listChanged: false }, sampling: {} });
    Object.assign(config.info, { name: 'b' });
    client.feed({ type: 'start' });
    expect(sent(client.feed({ type: 'opened' }))).toMatchObject([
      {
        params: {
          protocolVersion: '2025-11-25',
          capabilities: { roots: { listChanged: true } },
          clientInfo: { name: 'a' },
        },
      },
    ]);
    expect(JSON.stringify(save(client.state))).not.toContain('sampling');
  });

  test('a step that throws leaves nothing behind', () => {
    const client = readyClient();
    client.call(7, 'tools/list');
    const before = JSON.stringify(save(client.state));
    expect(() => client.call(7, 'tools/list')).toThrow();
    expect(() => client.feed({ type: 'signalled', signal: 'SIGINT' })).toThrow(LocalProtocolError);
    expect(() => client.feed({ type: 'nonsense' } as never)).toThrow(LocalProtocolError);
    expect(JSON.stringify(save(client.state))).toBe(before);
    expect(codes(client.hear(result(FIRST_ID)))).toEqual([]);
  });
});

function sessions(): Record<string, () => Drive> {
  return {
    'a client before its start': () => drive(clientConfig()),
    'a client in its handshake': () => negotiatingClient(),
    'a client with calls, open and given up': () => {
      const client = readyClient();
      for (const key of [1, 2, 3]) client.call(key, 'tools/call', { params: { task: {} } });
      client.hear(progress(FIRST_ID, 0.5));
      client.feed({ type: 'cancel', key: 2 });
      client.hear(result(FIRST_ID + 2, { task: { taskId: 't' } }));
      return client;
    },
    'a client that waits for a pong': () => {
      const client = readyClient({ config: { keepaliveMs: 1_000 } });
      client.expire('keepalive');
      return client;
    },
    'a client that is closing': () => {
      const client = readyClient();
      client.feed({ type: 'close' });
      return client;
    },
    'a client that is over': () => {
      const client = readyClient();
      client.feed({ type: 'gone' });
      return client;
    },
    'a server before initialize': () => drive(serverConfig({ instructions: 'Use it well.' })),
    'a server before initialized': () => answeredServer(),
    'a server with requests, alone and in batches': () => {
      const server = readyServer({ revision: MARCH });
      server.hear(request('5', 'x/one', { _meta: { progressToken: 'p' } }));
      server.hear([request(5, 'x/two'), request(5, 'x/three'), request(6, 'ping')]);
      server.feed({ type: 'progress', key: 1, progress: 0.5 });
      return server;
    },
    'a server that lets its handlers finish': () => {
      const server = readyServer({ config: { drainMs: 500 } });
      server.hear(request(1, 'x/one'));
      server.feed({ type: 'ended' });
      return server;
    },
    'a server that is over': () => {
      const server = readyServer();
      server.feed({ type: 'kill' });
      return server;
    },
  };
}

function throughJson(saved: Saved): Saved {
  return JSON.parse(JSON.stringify(saved)) as Saved;
}

function restored(state: State) {
  const saved = throughJson(save(state));
  return restore(saved, saved.now);
}
