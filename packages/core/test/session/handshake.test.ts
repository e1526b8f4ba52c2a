import { describe, expect, test } from 'vitest';
import { peer, phase } from '../../src/index.ts';
import { REVISIONS, type Revision } from '../../src/revision.ts';
import {
  answeredServer,
  CLIENT_CAPABILITIES,
  CLIENT_INFO,
  clientConfig,
  codes,
  drive,
  faults,
  INITIALIZE_ID,
  INITIALIZED,
  initialize,
  initializeResult,
  negotiatingClient,
  notification,
  only,
  outcomes,
  readyClient,
  readyServer,
  request,
  result,
  SERVER_CAPABILITIES,
  SERVER_INFO,
  sent,
  serverConfig,
} from './drive.ts';

const NO_TEXT = [undefined, null, 5, true, {}, [], ['2025-11-25']];
const NO_OBJECT = [undefined, null, 5, 'x', true, []];

describe('a client', () => {
  test('sends initialize as soon as the channel is open, and nothing before (lifecycle/initialize-request)', () => {
    const client = drive(clientConfig());
    expect(client.feed({ type: 'start' }).map(({ type }) => type)).toEqual(['arm', 'arm', 'openChannel']);
    expect(only('send', client.feed({ type: 'opened' }))).toEqual([
      {
        type: 'send',
        urgent: true,
        message: request(INITIALIZE_ID, 'initialize', {
          protocolVersion: '2025-11-25',
          capabilities: CLIENT_CAPABILITIES,
          clientInfo: CLIENT_INFO,
        }),
      },
    ]);
  });

  test('offers the newest revision that it speaks, however they were listed (lifecycle/version-offer-latest)', () => {
    const client = drive(clientConfig({ revisions: ['2025-06-18', '2024-11-05', '2025-03-26'] }));
    client.feed({ type: 'start' });
    expect(sent(client.feed({ type: 'opened' }))).toMatchObject([{ params: { protocolVersion: '2025-06-18' } }]);
  });

  test('semantics 13: asks for no progress of initialize', () => {
    const client = drive(clientConfig());
    client.feed({ type: 'start' });
    expect(JSON.stringify(client.feed({ type: 'opened' }))).not.toContain('progressToken');
  });

  for (const revision of REVISIONS) {
    test(`agrees to ${revision} where the server answers so (${revision}/lifecycle/initialized-notification)`, () => {
      const client = negotiatingClient();
      const effects = client.hear(initializeResult(revision));
      expect(only('send', effects)).toEqual([{ type: 'send', message: INITIALIZED, urgent: true }]);
      expect(effects.at(-1)).toEqual({ type: 'phase', phase: 'ready' });
      expect(peer(client.state)).toEqual({ revision, capabilities: SERVER_CAPABILITIES, info: SERVER_INFO });
    });
  }

  test('remembers the instructions of the server, where they are text', () => {
    for (const [instructions, told] of [
      ['Use it well.', { instructions: 'Use it well.' }],
      [5, {}],
    ] as const) {
      const client = negotiatingClient();
      const { result: value } = initializeResult() as { result: object };
      client.hear(result(INITIALIZE_ID, { ...value, instructions }));
      const info = { revision: '2025-11-25', capabilities: SERVER_CAPABILITIES, info: SERVER_INFO };
      expect(peer(client.state)).toEqual({ ...info, ...told });
    }
  });

  for (const revision of ['2024-11-05', '1.0.0', '2026-07-28', '', '__proto__']) {
    test(`leaves where the answer is ${JSON.stringify(revision)}, which it does not speak (lifecycle/version-disconnect)`, () => {
      const client = negotiatingClient({ revisions: ['2025-06-18', '2025-11-25'] });
      const effects = client.hear(initializeResult(revision));
      expect([codes(effects), sent(effects)]).toEqual([['unsupportedRevision'], []]);
      expect(effects).toContainEqual({ type: 'closeChannel', mode: 'graceful' });
      expect(effects.at(-1)).toEqual({ type: 'phase', phase: 'closing', why: 'unsupportedRevision' });
      expect(peer(client.state)).toBeNull();
    });
  }

  test('quotes no more than a little of a revision that it does not speak', () => {
    const effects = negotiatingClient().hear(initializeResult('x'.repeat(10_000)));
    expect(faults(effects)[0]?.got.length).toBeLessThanOrEqual(200);
  });

  test('leaves where initialize is refused, and a ping that is open settles', () => {
    const client = negotiatingClient();
    client.call(7, 'ping');
    const error = { code: -32602, message: 'Unsupported protocol version' };
    const effects = client.hear({ jsonrpc: '2.0', id: INITIALIZE_ID, error });
    expect([codes(effects), outcomes(effects)]).toEqual([['refusedInitialize'], [[7, 'closed']]]);
    expect(faults(effects)[0]?.got).toBe('error -32602: Unsupported protocol version');
    expect(effects.at(-1)).toMatchObject({ phase: 'closing', why: 'refused' });
  });

  for (const [name, values] of [
    ['protocolVersion', NO_TEXT],
    ['capabilities', NO_OBJECT],
    ['serverInfo', NO_OBJECT],
  ] as const) {
    test(`leaves where the ${name} in the answer is of the wrong type (lifecycle/initialize-result)`, () => {
      for (const value of values) {
        const client = negotiatingClient();
        const { result: good } = initializeResult() as { result: Record<string, unknown> };
        const effects = client.hear({ jsonrpc: '2.0', id: INITIALIZE_ID, result: { ...good, [name]: value } });
        expect([codes(effects), phase(client.state)], JSON.stringify(value)).toEqual([
          ['refusedInitialize'],
          'closing',
        ]);
      }
    });
  }

  test('leaves where the answer is malformed, since it will get no better one', () => {
    const client = negotiatingClient();
    expect(codes(client.hear({ jsonrpc: '2.0', id: INITIALIZE_ID, result: null }))).toEqual(['refusedInitialize']);
    expect(phase(client.state)).toBe('closing');
  });

  test('takes no answer for its own whose id is of the other type (messages/response-id)', () => {
    const client = negotiatingClient();
    const { result: value } = initializeResult() as { result: object };
    const effects = client.hear({ jsonrpc: '2.0', id: String(INITIALIZE_ID), result: value });
    expect([codes(effects), phase(client.state)]).toEqual([['unknownAnswer'], 'negotiating']);
  });

  test('reports a second answer to initialize, and nothing changes', () => {
    const client = readyClient({ revision: '2025-06-18' });
    const effects = client.hear(initializeResult('2024-11-05', {}));
    expect(effects.map(({ type }) => type)).toEqual(['report']);
    expect(codes(effects)).toEqual(['duplicateAnswer']);
    expect(peer(client.state)?.revision).toBe('2025-06-18');
  });

  test('semantics 17: closed while the handshake is pending it cancels nothing, and a late answer counts no more', () => {
    for (const type of ['close', 'kill'] as const) {
      const client = negotiatingClient();
      const effects = client.feed({ type });
      expect(sent(effects)).toEqual([]);
      expect(effects.at(-1)).toEqual({ type: 'phase', phase: 'closing', why: 'asked' });
      expect(client.hear(initializeResult())).toEqual([]);
      expect(peer(client.state)).toBeNull();
    }
  });

  test('semantics 20: an answer that comes after a write failed brings no peer, since no session comes of it', () => {
    const client = negotiatingClient();
    client.feed({ type: 'writeFailed' });
    expect(client.hear(initializeResult())).toEqual([]);
    expect(peer(client.state)).toBeNull();
  });

  test('semantics 17: closed before the start it is over at once, and no channel was ever asked for', () => {
    const client = drive(clientConfig());
    expect(client.feed({ type: 'close' })).toEqual([{ type: 'phase', phase: 'closed', why: 'asked' }]);
    expect(client.feed({ type: 'start' })).toEqual([]);
  });

  test('a handshake that takes too long ends without a cancellation (semantics 13, cancellation/not-initialize)', () => {
    const client = negotiatingClient();
    const effects = client.expire('startup');
    expect(sent(effects)).toEqual([]);
    expect(effects.at(-1)).toMatchObject({ phase: 'closing', why: 'startup' });
  });
});

describe('a server', () => {
  for (const revision of REVISIONS) {
    test(`echoes ${revision} (${revision}/lifecycle/version-echo)`, () => {
      const server = drive(serverConfig());
      const effects = server.hear(initialize(revision));
      const value = { protocolVersion: revision, capabilities: SERVER_CAPABILITIES, serverInfo: SERVER_INFO };
      expect(effects).toEqual([
        { type: 'send', message: result('init', value), urgent: true },
        { type: 'phase', phase: 'negotiating' },
      ]);
      expect(peer(server.state)).toEqual({ revision, capabilities: CLIENT_CAPABILITIES, info: CLIENT_INFO });
    });
  }

  for (const offered of ['2024-11-05', '2025-11-25', '2026-07-28', '1.0.0', '', '__proto__']) {
    test(`offers its newest instead of ${JSON.stringify(offered)} (lifecycle/version-counter-latest)`, () => {
      const server = drive(serverConfig({ revisions: ['2025-06-18', '2025-03-26'] }));
      const effects = server.hear(initialize(offered));
      expect(sent(effects)).toMatchObject([{ result: { protocolVersion: '2025-06-18' } }]);
      expect(codes(effects)).toEqual([]);
      expect(peer(server.state)?.revision).toBe('2025-06-18');
    });
  }

  test('gives its instructions where it has some', () => {
    const server = drive(serverConfig({ instructions: 'Use it well.' }));
    expect(sent(server.hear(initialize()))).toMatchObject([{ result: { instructions: 'Use it well.' } }]);
  });

  for (const [name, values] of [
    ['protocolVersion', NO_TEXT],
    ['capabilities', NO_OBJECT],
    ['clientInfo', NO_OBJECT],
  ] as const) {
    test(`refuses an initialize whose ${name} is of the wrong type, and waits on (lifecycle/initialize-request)`, () => {
      for (const value of values) {
        const server = drive(serverConfig());
        const { params } = initialize() as { params: Record<string, unknown> };
        const message = { jsonrpc: '2.0', id: 1, method: 'initialize', params: { ...params, [name]: value } };
        const effects = server.hear(message);
        expect(codes(effects), JSON.stringify(value)).toEqual(['refusedInitialize']);
        expect(sent(effects)).toMatchObject([{ id: 1, error: { code: -32602 } }]);
        expect(sent(server.hear(initialize()))).toMatchObject([{ result: { protocolVersion: '2025-11-25' } }]);
      }
    });
  }

  test('refuses an initialize without params', () => {
    const server = drive(serverConfig());
    expect(sent(server.hear(request(1, 'initialize')))).toMatchObject([{ id: 1, error: { code: -32602 } }]);
  });

  test('refuses a second initialize, whenever it comes, and what was agreed stays', () => {
    for (const make of [answeredServer, readyServer]) {
      const server = make({ revision: '2025-06-18' });
      const before = peer(server.state);
      const effects = server.hear(initialize('2024-11-05', {}));
      expect(codes(effects)).toEqual(['secondInitialize']);
      expect(sent(effects)).toMatchObject([{ id: 'init', error: { code: -32600 } }]);
      expect(peer(server.state)).toEqual(before);
    }
  });

  test('is ready with initialized; a second one is reported, and not delivered', () => {
    const server = answeredServer();
    expect(server.hear(INITIALIZED)).toEqual([{ type: 'phase', phase: 'ready' }]);
    expect(server.hear(INITIALIZED).map(({ type }) => type)).toEqual(['report']);
    expect(phase(server.state)).toBe('ready');
  });

  test('takes no initialized before initialize', () => {
    const server = drive(serverConfig());
    expect(codes(server.hear(INITIALIZED))).toEqual(['earlyRequest']);
    expect(phase(server.state)).toBe('opening');
  });

  test('a client takes no initialized at all', () => {
    for (const client of [negotiatingClient(), readyClient()]) {
      const before = phase(client.state);
      expect(codes(client.hear(INITIALIZED))).toEqual(['earlyRequest']);
      expect(phase(client.state)).toBe(before);
    }
  });
});

describe('both sides', () => {
  test('agree for each pair of what they offer and speak, or the client leaves', () => {
    for (const theirs of subsets(REVISIONS)) {
      for (const ours of subsets(REVISIONS)) {
        const client = drive(clientConfig({ revisions: theirs }));
        client.feed({ type: 'start' });
        const [question] = sent(client.feed({ type: 'opened' }));
        const server = drive(serverConfig({ revisions: ours }));
        const [answer] = sent(server.hear(question));
        client.hear(answer);
        const agreed = peer(server.state)?.revision ?? '2024-11-05';
        expect(ours).toContain(agreed);
        const newest = theirs.at(-1) as Revision;
        if (ours.includes(newest)) expect(agreed).toBe(newest);
        expect(phase(client.state)).toBe(theirs.includes(agreed) ? 'ready' : 'closing');
      }
    }
  });

  test('semantics 9: what comes right behind the answer to initialize, or before it, is delivered', () => {
    const client = negotiatingClient();
    const log = notification('notifications/message', { level: 'info', data: 'x' });
    expect(client.hear(log).map(({ type }) => type)).toEqual(['deliver']);
    client.hear(initializeResult());
    expect(client.hear(log).map(({ type }) => type)).toEqual(['deliver']);
  });
});

function subsets<T>(of: readonly T[]): (readonly [T, ...T[]])[] {
  return Array.from({ length: 2 ** of.length }, (_, bits) => of.filter((_, index) => bits & (1 << index))).filter(
    (subset): subset is [T, ...T[]] => subset.length > 0,
  );
}
