import { describe, expect, test } from 'vitest';
import { phase } from '../../src/index.ts';
import { REVISIONS } from '../../src/revision.ts';
import { save } from '../../src/saving.ts';
import {
  answeredServer,
  clientConfig,
  codes,
  delivered,
  drive,
  failure,
  faults,
  negotiatingClient,
  notification,
  only,
  readyClient,
  readyServer,
  request,
  result,
  SERVER_CAPABILITIES,
  sent,
  serverConfig,
} from './drive.ts';

describe('semantics 24: a server before it has answered initialize', () => {
  test('refuses requests, naming what they wait for (lifecycle/initialize-first)', () => {
    const server = drive(serverConfig());
    for (const method of ['tools/list', 'x/custom', 'roots/list', '__proto__']) {
      const effects = server.hear(request(1, method));
      expect([codes(effects), delivered(effects)]).toEqual([['earlyRequest'], []]);
      const message = `${method} has to wait for the answer to initialize`;
      expect(sent(effects)).toEqual([failure(1, -32600, message)]);
    }
  });

  test('answers pings, and says nothing of them (ping/respond)', () => {
    expect(drive(serverConfig()).hear(request('p', 'ping'))).toEqual([
      { type: 'send', message: result('p'), urgent: true },
    ]);
  });

  test('delivers no notification, and says so', () => {
    const effects = drive(serverConfig()).hear(notification('notifications/roots/list_changed'));
    expect([codes(effects), delivered(effects)]).toEqual([['earlyRequest'], []]);
  });

  test('quotes no more than a little of a method that is too early', () => {
    const effects = drive(serverConfig()).hear(request(1, 'x'.repeat(100_000)));
    expect(JSON.stringify(effects).length).toBeLessThan(1_500);
  });
});

describe('semantics 24: a server between its answer and initialized', () => {
  test('serves requests, since over HTTP the two may overtake each other', () => {
    const server = answeredServer();
    const effects = server.hear(request(1, 'tools/list'));
    expect([codes(effects), delivered(effects).length]).toEqual([[], 1]);
    expect(sent(server.feed({ type: 'answer', key: 1, answer: { result: {} } }))).toEqual([result(1)]);
  });

  test('answers pings, and delivers notifications', () => {
    const server = answeredServer();
    expect(sent(server.hear(request(1, 'ping')))).toEqual([result(1)]);
    expect(delivered(server.hear(notification('x/custom')))).toHaveLength(1);
  });
});

describe('semantics 25: a client', () => {
  test('answers pings at any time, also before the handshake (ping/respond)', () => {
    for (const client of [negotiatingClient(), readyClient()]) {
      expect(sent(client.hear(request('p', 'ping')))).toEqual([result('p')]);
    }
  });

  test('serves a request that is too early while reporting it (lifecycle/early-server-requests)', () => {
    const client = negotiatingClient();
    const effects = client.hear(request(1, 'roots/list'));
    expect([codes(effects), delivered(effects).length]).toEqual([['earlyRequest'], 1]);
    expect(sent(client.feed({ type: 'answer', key: 1, answer: { result: { roots: [] } } }))).toHaveLength(1);
  });

  test('does not serve an early request for what it did not offer', () => {
    const client = negotiatingClient({ capabilities: {} });
    const effects = client.hear(request(1, 'roots/list'));
    expect([codes(effects), delivered(effects)]).toEqual([['earlyRequest', 'undeclared'], []]);
    expect(sent(effects)).toMatchObject([{ error: { code: -32601 } }]);
  });

  test('serves nothing before its channel is open, nor while leaving', () => {
    const client = drive(clientConfig());
    expect(client.hear(request(1, 'ping'))).toEqual([]);
    client.feed({ type: 'start' });
    expect(client.hear(request(1, 'ping'))).toEqual([]);
    const leaving = readyClient();
    leaving.feed({ type: 'close' });
    expect(leaving.hear(request(1, 'ping'))).toEqual([]);
  });
});

describe('capabilities of the peer', () => {
  for (const revision of REVISIONS) {
    test(`a request that needs one we did not declare is refused in ${revision} (${revision}/lifecycle/negotiated-capabilities)`, () => {
      const server = readyServer({ revision, config: { capabilities: {} } });
      const effects = server.hear(request(1, 'tools/call'));
      expect([codes(effects), delivered(effects)]).toEqual([['undeclared'], []]);
      expect(faults(effects)[0]?.clause).toBe(`${revision}/lifecycle/negotiated-capabilities`);
      expect(sent(effects)).toMatchObject([{ id: 1, error: { code: -32601 } }]);
    });

    test(`a notification that needs one the peer did not declare is reported in ${revision}, and delivered`, () => {
      const client = readyClient({ revision, peer: {} });
      const effects = client.hear(notification('notifications/tools/list_changed'));
      expect([codes(effects), delivered(effects).length]).toEqual([['undeclared'], 1]);
      const declared = readyClient({ revision }).hear(notification('notifications/tools/list_changed'));
      expect(codes(declared)).toEqual([]);
    });

    test(`custom requests and notifications need none in ${revision}`, () => {
      const server = readyServer({ revision, config: { capabilities: {} }, peer: {} });
      const effects = [...server.hear(request(1, 'x/custom')), ...server.hear(notification('x/told'))];
      expect([codes(effects), delivered(effects).length]).toEqual([[], 2]);
    });

    test(`elicitation is refused where ${revision} does not have it`, () => {
      const effects = readyClient({ revision }).hear(request(1, 'elicitation/create'));
      expect(delivered(effects)).toHaveLength(revision < '2025-06-18' ? 0 : 1);
    });
  }

  test('a request of the wrong side is refused', () => {
    for (const session of [readyClient(), negotiatingClient()]) {
      expect(sent(session.hear(request(1, 'initialize')))).toMatchObject([{ error: { code: -32601 } }]);
      expect(sent(session.hear(request(2, 'tools/list')))).toMatchObject([{ error: { code: -32601 } }]);
    }
    expect(sent(readyServer().hear(request(1, 'roots/list')))).toMatchObject([{ error: { code: -32601 } }]);
  });

  test('a notification sent as a request is refused, and has no effect', () => {
    const server = readyServer();
    server.hear(request(1, 'tools/list'));
    const effects = server.hear(request(2, 'notifications/cancelled', { requestId: 1 }));
    expect([only('abort', effects), sent(effects)]).toMatchObject([[], [{ id: 2, error: { code: -32601 } }]]);
  });

  test('a request sent as a notification gets no answer (messages/notification-no-response)', () => {
    const server = readyServer();
    for (const method of ['ping', 'tools/list', 'initialize']) {
      const effects = server.hear(notification(method));
      expect([sent(effects), codes(effects)]).toEqual([[], ['undeclared']]);
    }
  });

  test('those that are offered count for the peer, those of the peer for us', () => {
    const { tools } = SERVER_CAPABILITIES;
    const client = readyClient({ peer: { tools: tools ?? {} }, config: { capabilities: { sampling: {} } } });
    expect(codes(client.hear(request(1, 'sampling/createMessage')))).toEqual([]);
    expect(codes(client.hear(request(2, 'roots/list')))).toEqual(['undeclared']);
    expect(sent(client.call(1, 'tools/list'))).toHaveLength(1);
    expect(sent(client.call(2, 'prompts/list'))).toHaveLength(0);
  });
});

describe('what is no message', () => {
  const hostile = [
    undefined,
    null,
    5,
    'x',
    true,
    Number.NaN,
    {},
    { jsonrpc: '1.0', method: 'ping' },
    { jsonrpc: '2.0' },
    { jsonrpc: '2.0', method: 5 },
    { jsonrpc: '2.0', method: 'x', params: [] },
    { jsonrpc: '2.0', id: null, method: 'ping' },
    { jsonrpc: '2.0', id: 1.5, method: 'ping' },
    JSON.parse('{"__proto__":{"jsonrpc":"2.0","id":1,"method":"ping"}}'),
  ];

  test.each(hostile)('%j is reported, and answered with nothing', (json) => {
    for (const session of [readyServer(), readyClient(), drive(serverConfig())]) {
      const before = { ...save(session.state), now: 0 };
      const effects = session.hear(json);
      expect([codes(effects), effects.length]).toEqual([['invalidMessage'], 1]);
      expect({ ...save(session.state), now: 0 }).toEqual(before);
    }
  });

  test('what is meant as a request is answered with -32600', () => {
    for (const session of [readyServer(), readyClient(), drive(serverConfig())]) {
      const effects = session.hear({ jsonrpc: '1.0', id: 'q', method: 'ping' });
      expect(codes(effects)).toEqual(['invalidMessage']);
      expect(sent(effects)).toMatchObject([{ id: 'q', error: { code: -32600 } }]);
    }
  });
});

describe('what is no JSON', () => {
  const garbled = { type: 'garbled', why: 'notJson', text: `npm warn ${'x'.repeat(10_000)}`, bytes: 10_009 } as const;

  test('is reported with its beginning, and passed over', () => {
    for (const session of [readyServer(), readyClient(), negotiatingClient(), drive(serverConfig())]) {
      const before = phase(session.state);
      const effects = session.feed(garbled);
      expect([codes(effects), effects.length]).toEqual([['garbled'], 1]);
      expect(faults(effects)[0]?.got).toMatch(/^10009 bytes \(notJson\): npm warn x+…$/);
      expect(faults(effects)[0]?.got.length).toBeLessThan(300);
      expect(phase(session.state)).toBe(before);
    }
  });

  test('shows that the peer lives', () => {
    const client = readyClient({ config: { keepaliveMs: 1_000 } });
    client.expire('keepalive');
    expect(client.dueOf('pong')).toBeDefined();
    client.feed(garbled);
    expect(client.dueOf('pong')).toBeUndefined();
  });

  test('is ignored while closing', () => {
    const client = readyClient();
    client.feed({ type: 'close' });
    expect(client.feed(garbled)).toEqual([]);
  });
});
