import { describe, expect, test } from 'vitest';
import { LocalProtocolError } from '../../src/index.ts';
import { REVISIONS } from '../../src/revision.ts';
import { save } from '../../src/saving.ts';
import {
  answeredServer,
  cancelled,
  clientConfig,
  codes,
  type Drive,
  drive,
  FIRST_ID,
  negotiatingClient,
  only,
  outcomes,
  readyClient,
  readyServer,
  request,
  result,
  sent,
} from '../session/drive.ts';

describe('a call', () => {
  test('goes out as a request with an id of its own, which is its progress token (progress/token-unique)', () => {
    const client = readyClient();
    const effects = [...client.call(7, 'tools/list'), ...client.call(8, 'tools/list')];
    expect(sent(effects)).toEqual([
      request(FIRST_ID, 'tools/list', { _meta: { progressToken: FIRST_ID } }),
      request(FIRST_ID + 1, 'tools/list', { _meta: { progressToken: FIRST_ID + 1 } }),
    ]);
  });

  test('keeps its params and what they hold in `_meta`, but for a token that is not ours', () => {
    const params = { name: 'a', _meta: { trace: 't', progressToken: 'mine' } };
    const [message] = sent(readyClient().call(7, 'tools/call', { params }));
    expect(message).toMatchObject({ params: { name: 'a', _meta: { trace: 't', progressToken: FIRST_ID } } });
  });

  test('semantics 13: carries no progress token where it is a ping', () => {
    expect(sent(readyClient().call(7, 'ping'))).toEqual([request(FIRST_ID, 'ping')]);
  });

  test('carries no progress token where none is wanted, not even one that came in its params (progress/token-unique)', () => {
    const client = readyClient();
    expect(sent(client.call(7, 'tools/list', { wantsProgress: false }))).toEqual([request(FIRST_ID, 'tools/list')]);
    const params = { name: 'a', _meta: { progressToken: FIRST_ID + 2, trace: 't' } };
    const [message] = sent(client.call(8, 'tools/call', { wantsProgress: false, params }));
    expect(message).toMatchObject({ params: { name: 'a', _meta: { trace: 't' } } });
    expect(JSON.stringify(message)).not.toContain('progressToken');
  });

  test('only a ping is urgent: it passes where others wait for room', () => {
    const client = readyClient();
    expect(only('send', client.call(7, 'ping'))[0]?.urgent).toBe(true);
    expect(only('send', client.call(8, 'tools/list'))[0]?.urgent).toBe(false);
  });

  test('is settled with the result or the error that answers it (messages/response-id)', () => {
    const client = readyClient();
    client.call(7, 'tools/list');
    client.call(8, 'tools/list');
    expect(client.hear(result(FIRST_ID + 1, { tools: [] }))).toEqual([
      { type: 'settle', key: 8, outcome: { ok: true, result: { tools: [] } } },
    ]);
    const error = { code: -32000, message: 'no', data: [1] };
    expect(client.hear({ jsonrpc: '2.0', id: FIRST_ID, error })).toEqual([
      { type: 'settle', key: 7, outcome: { ok: false, kind: 'peer', error } },
    ]);
  });

  test('leaves its key free once it is settled', () => {
    const client = readyClient();
    client.call(7, 'tools/list');
    client.hear(result(FIRST_ID));
    expect(sent(client.call(7, 'tools/list'))).toHaveLength(1);
  });
});

describe('a call that may not be made', () => {
  test('throws where no state would allow it, and changes nothing', () => {
    const client = readyClient();
    client.call(7, 'tools/list');
    const before = JSON.stringify(save(client.state));
    expect(() => client.call(8, 'initialize')).toThrow(LocalProtocolError);
    expect(() => client.call(7, 'tools/list')).toThrow('7 is open already');
    for (const ms of [-1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31]) {
      expect(() => client.call(8, 'tools/list', { timeoutMs: ms })).toThrow('timeoutMs');
      expect(() => client.call(8, 'tools/list', { maxTotalMs: ms })).toThrow('maxTotalMs');
    }
    expect(JSON.stringify(save(client.state))).toBe(before);
  });

  test('is refused before the handshake is over, a ping not (lifecycle/early-client-requests)', () => {
    const client = negotiatingClient();
    expect(client.call(7, 'tools/list')).toEqual([
      {
        type: 'settle',
        key: 7,
        outcome: {
          ok: false,
          kind: 'refused',
          detail: 'tools/list has to wait for the end of the handshake',
          sent: false,
        },
      },
    ]);
    expect(sent(client.call(8, 'ping'))).toEqual([request(FIRST_ID, 'ping')]);
  });

  test('is refused where there is nobody to send it to, a ping too', () => {
    const client = drive(clientConfig());
    expect(outcomes(client.call(7, 'ping'))).toEqual([[7, 'refused']]);
    client.feed({ type: 'start' });
    expect(outcomes(client.call(8, 'ping'))).toEqual([[8, 'refused']]);
  });

  test('semantics 24: waits for initialized on a server, a ping not (lifecycle/early-server-requests)', () => {
    const server = answeredServer();
    expect(outcomes(server.call(7, 'roots/list'))).toEqual([[7, 'refused']]);
    expect(outcomes(server.call(8, 'x/custom'))).toEqual([[8, 'refused']]);
    expect(sent(server.call(9, 'ping'))).toEqual([request(1, 'ping')]);
  });

  test('is refused as one too many, and taken again once there is room', () => {
    const client = readyClient({ config: { maxCalls: 2 } });
    client.call(1, 'tools/list');
    client.call(2, 'ping');
    const [settle] = only('settle', client.call(3, 'tools/list'));
    expect(settle?.outcome).toEqual({
      ok: false,
      kind: 'refused',
      detail: '2 calls are open, which is the bound',
      sent: false,
    });
    client.hear(result(FIRST_ID));
    expect(sent(client.call(3, 'tools/list'))).toHaveLength(1);
  });

  for (const { way, make, kind } of [
    { way: 'after a close', make: closedClient, kind: 'closed' },
    { way: 'when the peer ended', make: () => after(readyClient(), 'ended'), kind: 'connectionLost' },
    { way: 'when nothing can be written', make: () => after(readyClient(), 'writeFailed'), kind: 'connectionLost' },
    { way: 'when all is over', make: () => after(readyClient(), 'gone'), kind: 'connectionLost' },
    { way: 'on a server that is leaving', make: () => after(readyServer(), 'close'), kind: 'closed' },
  ]) {
    test(`a race with the end is no misuse: ${way} it settles as ${kind}, never sent`, () => {
      const effects = make().call(7, 'ping');
      expect(effects).toEqual([{ type: 'settle', key: 7, outcome: { ok: false, kind, sent: false } }]);
    });
  }
});

describe('cancelling', () => {
  test('semantics 2: tells the peer before it settles (lifecycle/timeout-cancel)', () => {
    const client = readyClient();
    client.call(7, 'tools/call', { params: { name: 'a' } });
    expect(client.feed({ type: 'cancel', key: 7, reason: 'enough' })).toEqual([
      { type: 'send', message: cancelled(FIRST_ID, 'enough'), urgent: true },
      { type: 'settle', key: 7, outcome: { ok: false, kind: 'cancelled', sent: true } },
    ]);
  });

  test('gives no reason where there is none', () => {
    const client = readyClient();
    client.call(7, 'tools/list');
    expect(sent(client.feed({ type: 'cancel', key: 7 }))).toEqual([cancelled(FIRST_ID)]);
  });

  for (const revision of REVISIONS) {
    test(`is told in ${revision} (${revision}/cancellation/in-progress)`, () => {
      const client = readyClient({ revision });
      client.call(7, 'tools/list');
      expect(sent(client.feed({ type: 'cancel', key: 7 }))).toEqual([cancelled(FIRST_ID)]);
    });
  }

  test('does nothing to what was never called, is settled, or was cancelled already', () => {
    const client = readyClient();
    client.call(7, 'tools/list');
    expect(client.feed({ type: 'cancel', key: 8 })).toEqual([]);
    client.hear(result(FIRST_ID));
    expect(client.feed({ type: 'cancel', key: 7 })).toEqual([]);
    client.call(9, 'tools/list');
    client.feed({ type: 'cancel', key: 9 });
    expect(client.feed({ type: 'cancel', key: 9 })).toEqual([]);
  });

  test('initialize cannot be cancelled: it is no call (cancellation/not-initialize)', () => {
    const client = negotiatingClient();
    expect(client.feed({ type: 'cancel', key: 1 })).toEqual([]);
    expect(sent(client.feed({ type: 'close' }))).toEqual([]);
  });

  test('sends nothing once nothing can be written, and settles all the same', () => {
    const client = readyClient();
    client.call(7, 'tools/list');
    client.call(8, 'tools/list', { timeoutMs: 50 });
    client.feed({ type: 'writeFailed' });
    const settle = { type: 'settle', key: 7, outcome: { ok: false, kind: 'cancelled', sent: true } };
    expect(client.feed({ type: 'cancel', key: 7 })).toEqual([settle]);
    expect(sent(client.expire('calls'))).toEqual([]);
  });
});

describe('semantics 8: the first input wins, the others find no record', () => {
  const inputs = {
    answer: (client: Drive) => client.hear(result(FIRST_ID)),
    timeout: (client: Drive) => client.feed({ ...dueTimer(client), type: 'elapsed', name: 'calls', heard: 0 }),
    cancel: (client: Drive) => client.feed({ type: 'cancel', key: 7 }),
    close: (client: Drive) => client.feed({ type: 'close' }),
    kill: (client: Drive) => client.feed({ type: 'kill' }),
    crash: (client: Drive) => client.feed({ type: 'gone' }),
  };
  const KINDS = { answer: 'ok', timeout: 'timeout', cancel: 'cancelled', close: 'closed', kill: 'closed' };
  const names = Object.keys(inputs) as (keyof typeof inputs)[];

  for (const first of names) {
    test(`${first}, then everything else`, () => {
      const client = readyClient();
      client.call(7, 'tools/list', { timeoutMs: 100 });
      client.wait(100);
      const kind = { ...KINDS, crash: 'connectionLost' }[first];
      expect(outcomes(inputs[first](client))).toEqual([[7, kind]]);
      for (const next of names) {
        const effects = inputs[next](client);
        expect([outcomes(effects), codes(effects)], next).toEqual([
          [],
          // An answer after one of our own is not late but a second one.
          next === 'answer' && first === 'answer' ? ['duplicateAnswer'] : [],
        ]);
      }
    });
  }
});

describe('semantics 2: the settles of one end come in the order of sending, and before anything of the end is told', () => {
  for (const end of ['close', 'kill', 'ended', 'gone'] as const) {
    test(end, () => {
      const client = readyClient();
      for (const key of [30, 10, 20]) client.call(key, 'tools/list');
      client.feed({ type: 'cancel', key: 10 });
      client.call(10, 'tools/list');
      const effects = client.feed({ type: end });
      expect(outcomes(effects).map(([key]) => key)).toEqual([30, 20, 10]);
      const types = effects.map(({ type }) => type);
      expect(types.lastIndexOf('settle')).toBe(2);
      expect(types.at(-1)).toBe('phase');
    });
  }
});

function after(session: Drive, type: 'ended' | 'writeFailed' | 'gone' | 'close'): Drive {
  session.feed({ type });
  return session;
}

function closedClient(): Drive {
  return after(readyClient(), 'close');
}

function dueTimer(client: Drive): { readonly generation: number } {
  return { generation: save(client.state).timers.calls?.generation ?? 0 };
}
