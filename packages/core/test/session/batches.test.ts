import { describe, expect, test } from 'vitest';
import { phase } from '../../src/index.ts';
import { save } from '../../src/saving.ts';
import {
  cancelled,
  codes,
  type Drive,
  delivered,
  drive,
  FIRST_ID,
  failure,
  INITIALIZED,
  initialize,
  initializeResult,
  negotiatingClient,
  notification,
  only,
  outcomes,
  progress,
  readyClient,
  readyServer,
  request,
  result,
  sent,
  serverConfig,
} from './drive.ts';

const MARCH = '2025-03-26';

describe('semantics 26: a batch where both sides must take them (2025-03-26/messages/batch-receive)', () => {
  test('has its answers in one batch, once every handler is done, in the order of their coming', () => {
    const server = readyServer({ revision: MARCH });
    const effects = server.hear([
      request(1, 'tools/list'),
      notification('x/told'),
      request(2, 'ping'),
      request('3', 'x/custom'),
    ]);
    expect([delivered(effects).map(({ kind }) => kind), sent(effects), codes(effects)]).toEqual([
      ['request', 'notification', 'request'],
      [],
      [],
    ]);
    expect(answer(server, requestKey(server, '3'))).toEqual([]);
    expect(answer(server, requestKey(server, 1))).toEqual([[result(2), result('3'), result(1)]]);
    expect(save(server.state).batches).toEqual([]);
  });

  test('of pings alone is answered at once', () => {
    const client = readyClient({ revision: MARCH });
    expect(sent(client.hear([request(1, 'ping'), request(2, 'ping')]))).toEqual([[result(1), result(2)]]);
  });

  test('semantics 12: of notifications alone has no answer', () => {
    const server = readyServer({ revision: MARCH });
    const effects = server.hear([notification('x/one'), notification('x/two')]);
    expect([sent(effects), delivered(effects).length]).toEqual([[], 2]);
    expect(save(server.state).batches).toEqual([]);
  });

  test('semantics 12: leaves a cancelled member out of its answer', () => {
    const server = readyServer({ revision: MARCH });
    server.hear([request(1, 'x/one'), request(2, 'x/two')]);
    expect(server.hear(cancelled(1))).toEqual([{ type: 'abort', key: requestKey(server, 2) - 1 }]);
    expect(answer(server, requestKey(server, 2))).toEqual([[result(2)]]);
  });

  test('semantics 12: goes out when its last open member is cancelled; without answers there is none', () => {
    const server = readyServer({ revision: MARCH });
    server.hear([request(1, 'x/one'), request(2, 'ping')]);
    expect(sent(server.hear(cancelled(1)))).toEqual([[result(2)]]);
    server.hear([request(3, 'x/one')]);
    expect(sent(server.hear(cancelled(3)))).toEqual([]);
    expect(save(server.state).batches).toEqual([]);
  });

  test('that cancels its own member answers nothing', () => {
    const server = readyServer({ revision: MARCH });
    const effects = server.hear([request(1, 'x/one'), cancelled(1)]);
    expect(effects.map(({ type }) => type)).toEqual(['deliver', 'abort']);
  });

  test('answers an invalid member with -32600 among the others', () => {
    const server = readyServer({ revision: MARCH });
    const effects = server.hear([5, { jsonrpc: '2.0', id: 9, method: 7 }, request(2, 'ping')]);
    expect(codes(effects)).toEqual(['invalidMessage', 'invalidMessage']);
    expect(sent(effects)).toMatchObject([[{ id: 9, error: { code: -32600 } }, result(2)]]);
  });

  test('is no member of a batch: an array in an array is invalid', () => {
    expect(codes(readyServer({ revision: MARCH }).hear([[request(1, 'ping')]]))).toEqual(['invalidMessage']);
  });

  test('may hold answers and progress, taken in their order', () => {
    const client = readyClient({ revision: MARCH });
    client.call(7, 'tools/list');
    client.call(8, 'tools/list');
    const effects = client.hear([result(FIRST_ID + 1), progress(FIRST_ID, 1), result(FIRST_ID)]);
    expect([outcomes(effects), delivered(effects).length, codes(effects)]).toEqual([
      [
        [8, 'ok'],
        [7, 'ok'],
      ],
      1,
      [],
    ]);
  });

  test('may hold initialized, after which the rest is served as usual', () => {
    const server = drive(serverConfig());
    server.hear(initialize(MARCH));
    const effects = server.hear([INITIALIZED, request(1, 'ping')]);
    expect([phase(server.state), sent(effects)]).toEqual(['ready', [[result(1)]]]);
  });

  test('may not hold initialize (2025-03-26/lifecycle/initialize-not-in-batch)', () => {
    const server = readyServer({ revision: MARCH });
    const effects = server.hear([initialize(MARCH), request(1, 'ping')]);
    expect(codes(effects)).toEqual(['secondInitialize']);
    expect(sent(effects)).toMatchObject([[{ id: 'init', error: { code: -32600 } }, result(1)]]);
  });

  test('two batches at a time are answered each by its own', () => {
    const server = readyServer({ revision: MARCH });
    server.hear([request(1, 'x/one'), request(2, 'x/two')]);
    server.hear([request(3, 'x/three'), request(4, 'x/four')]);
    answer(server, requestKey(server, 1));
    answer(server, requestKey(server, 4));
    expect(answer(server, requestKey(server, 3))).toEqual([[result(4), result(3)]]);
    expect(answer(server, requestKey(server, 2))).toEqual([[result(1), result(2)]]);
  });

  test('a member beyond the bound of open requests is refused among the others', () => {
    const server = readyServer({ revision: MARCH, config: { maxPeerRequests: 1 } });
    const effects = server.hear([request(1, 'x/one'), request(2, 'x/two')]);
    expect([codes(effects), sent(effects)]).toEqual([['tooMany'], []]);
    expect(answer(server, requestKey(server, 1))).toMatchObject([[{ id: 2, error: {} }, { id: 1 }]]);
  });

  test('is forgotten with its answers when the session ends', () => {
    const server = readyServer({ revision: MARCH });
    server.hear([request(1, 'x/one'), request(2, 'ping')]);
    const key = requestKey(server, 1);
    expect(sent(server.feed({ type: 'close' }))).toEqual([]);
    expect(answer(server, key)).toEqual([]);
    expect(save(server.state).batches).toEqual([]);
  });

  test('sends no answer once nothing can be written', () => {
    const client = readyClient({ revision: MARCH });
    client.hear([request(1, 'x/one'), request(2, 'ping')]);
    expect(only('abort', client.feed({ type: 'writeFailed' }))).toHaveLength(1);
    expect(client.hear(cancelled(1))).toEqual([]);
    expect(save(client.state).batches).toEqual([]);
  });
});

describe('a batch that is refused', () => {
  test('empty it is, in every revision', () => {
    for (const revision of ['2025-03-26', '2025-11-25'] as const) {
      const effects = readyServer({ revision }).hear([]);
      expect([codes(effects), effects.length]).toEqual([['batch'], 1]);
    }
  });

  for (const revision of ['2024-11-05', '2025-06-18', '2025-11-25'] as const) {
    test(`in ${revision}, which has none, its requests are refused one by one`, () => {
      const server = readyServer({ revision });
      const effects = server.hear([request(1, 'ping'), notification('x/told'), request(2, 'tools/list')]);
      expect(codes(effects)).toEqual(['batch']);
      const why = 'there are no batches in this session';
      expect(sent(effects)).toEqual([failure(1, -32600, why), failure(2, -32600, why)]);
      expect(delivered(effects)).toHaveLength(1);
    });

    test(`in ${revision} the answers in it are taken all the same`, () => {
      const client = readyClient({ revision });
      client.call(7, 'tools/list');
      const effects = client.hear([progress(FIRST_ID, 1), result(FIRST_ID)]);
      expect([codes(effects), outcomes(effects), delivered(effects).length]).toEqual([['batch'], [[7, 'ok']], 1]);
    });
  }

  test('when it is too long, and its answers are taken all the same', () => {
    const client = readyClient({ revision: MARCH, config: { maxBatch: 2 } });
    client.call(7, 'tools/list');
    expect(codes(client.hear([notification('x'), notification('x')]))).toEqual([]);
    const effects = client.hear([request(1, 'ping'), result(FIRST_ID), request(2, 'ping')]);
    expect([codes(effects), outcomes(effects)]).toEqual([['tooMany'], [[7, 'ok']]]);
    const why = 'the batch is too long';
    expect(sent(effects)).toEqual([failure(1, -32600, why), failure(2, -32600, why)]);
  });

  test('initialize in it opens nothing (2025-03-26/lifecycle/initialize-not-in-batch)', () => {
    const server = drive(serverConfig());
    const effects = server.hear([initialize(MARCH)]);
    expect([codes(effects), phase(server.state)]).toEqual([['batch'], 'opening']);
    expect(sent(effects)).toMatchObject([{ id: 'init', error: { code: -32600 } }]);
    expect(sent(server.hear(initialize(MARCH)))).toMatchObject([{ result: { protocolVersion: MARCH } }]);
  });

  test('what follows the member that ends the session is ignored', () => {
    const client = negotiatingClient();
    client.call(7, 'ping');
    const effects = client.hear([
      initializeResult('1.0.0'),
      result(FIRST_ID),
      notification('x/told'),
      request(1, 'ping'),
      5,
    ]);
    expect(codes(effects)).toEqual(['batch', 'unsupportedRevision']);
    expect([outcomes(effects), delivered(effects), sent(effects)]).toEqual([[[7, 'closed']], [], []]);
  });

  test('the answer to initialize in it is taken, and the client goes on', () => {
    const client = negotiatingClient();
    expect(codes(client.hear([initializeResult(MARCH)]))).toEqual(['batch']);
    expect(phase(client.state)).toBe('ready');
  });
});

function requestKey(session: Drive, id: string | number): number {
  const found = save(session.state).peers.find((open) => open.id === id);
  if (found === undefined) throw new Error(`no open request ${id}`);
  return found.key;
}

function answer(session: Drive, key: number) {
  return sent(session.feed({ type: 'answer', key, answer: { result: {} } }));
}
