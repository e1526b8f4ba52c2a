import { describe, expect, test } from 'vitest';
import { LocalProtocolError } from '../../src/index.ts';
import { save } from '../../src/saving.ts';
import {
  cancelled,
  codes,
  delivered,
  failure,
  faults,
  notification,
  only,
  progress,
  readyClient,
  readyServer,
  request,
  result,
  sent,
} from '../session/drive.ts';

const PROGRESS = { _meta: { progressToken: 'p' } };

describe('a request of the peer', () => {
  test('is delivered with a key of ours, its revision, and whether progress is wanted', () => {
    const server = readyServer({ revision: '2025-06-18' });
    expect(delivered(server.hear(request(5, 'tools/list')))).toEqual([
      { kind: 'request', key: 1, method: 'tools/list', revision: '2025-06-18', wantsProgress: false },
    ]);
    expect(delivered(server.hear(request('5', 'x/custom', PROGRESS)))).toEqual([
      { kind: 'request', key: 2, method: 'x/custom', params: PROGRESS, revision: '2025-06-18', wantsProgress: true },
    ]);
  });

  test('is answered under its own id, of its own type, whichever handler is done first (messages/response-id)', () => {
    const server = readyServer();
    server.hear(request(5, 'tools/list'));
    server.hear(request('5', 'tools/list'));
    expect(server.feed({ type: 'answer', key: 2, answer: { result: { a: 1 } } })).toEqual([
      { type: 'send', message: result('5', { a: 1 }), urgent: true },
    ]);
    const error = { code: -32602, message: 'bad', data: 1 };
    expect(sent(server.feed({ type: 'answer', key: 1, answer: { error } }))).toEqual([
      { jsonrpc: '2.0', id: 5, error },
    ]);
  });

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', ''])(
    'with the id and the method %j is one like any other',
    (name) => {
      const server = readyServer();
      const effects = server.hear(request(name, name));
      expect([delivered(effects).length, codes(effects)]).toEqual([1, []]);
      expect(sent(server.feed({ type: 'answer', key: 1, answer: { result: {} } }))).toEqual([result(name)]);
    },
  );

  test('is answered once: a second answer, or one to nobody, is dropped', () => {
    const server = readyServer();
    server.hear(request(5, 'tools/list'));
    server.feed({ type: 'answer', key: 1, answer: { result: {} } });
    for (const key of [1, 2, -1, Number.NaN]) {
      expect(server.feed({ type: 'answer', key, answer: { result: {} } })).toEqual([]);
    }
  });

  test('beyond the bound is answered with an error, reported, and not remembered', () => {
    const server = readyServer({ config: { maxPeerRequests: 2 } });
    server.hear(request(1, 'tools/list'));
    server.hear(request(2, 'tools/list'));
    const effects = server.hear(request(3, 'tools/list'));
    expect([codes(effects), sent(effects), delivered(effects)]).toEqual([
      ['tooMany'],
      [failure(3, -32603, 'too many open requests')],
      [],
    ]);
    expect(save(server.state).peers).toHaveLength(2);
    expect(sent(server.hear(request(4, 'ping')))).toEqual([result(4)]);
    server.feed({ type: 'answer', key: 1, answer: { result: {} } });
    expect(delivered(server.hear(request(5, 'tools/list')))).toHaveLength(1);
  });

  test('nothing is sent in answer once nothing can be written', () => {
    const client = readyClient();
    client.hear(request(5, 'roots/list', PROGRESS));
    client.feed({ type: 'writeFailed' });
    expect(client.feed({ type: 'progress', key: 1, progress: 1 })).toEqual([]);
    expect(client.feed({ type: 'answer', key: 1, answer: { result: {} } })).toEqual([]);
    expect(save(client.state).peers).toEqual([]);
    expect(client.hear(request(6, 'ping'))).toEqual([]);
  });
});

describe('semantics 11: two requests with one wire id', () => {
  test('are two handlers, and a report (messages/request-id-unique)', () => {
    const server = readyServer();
    server.hear(request(5, 'a/first'));
    const effects = server.hear(request(5, 'a/second'));
    expect(codes(effects)).toEqual(['duplicateRequestId']);
    expect(delivered(effects)).toMatchObject([{ key: 2, method: 'a/second' }]);
    expect(sent(server.feed({ type: 'answer', key: 2, answer: { result: { n: 2 } } }))).toEqual([result(5, { n: 2 })]);
    expect(sent(server.feed({ type: 'answer', key: 1, answer: { result: { n: 1 } } }))).toEqual([result(5, { n: 1 })]);
  });

  test('a cancellation means the newer; the older is answered', () => {
    const server = readyServer();
    server.hear(request(5, 'a/first'));
    server.hear(request(5, 'a/second'));
    expect(server.hear(cancelled(5))).toEqual([{ type: 'abort', key: 2 }]);
    expect(sent(server.feed({ type: 'answer', key: 2, answer: { result: {} } }))).toEqual([]);
    expect(sent(server.feed({ type: 'answer', key: 1, answer: { result: {} } }))).toEqual([result(5)]);
  });

  test('an answer to the older leaves the newer open to cancellation', () => {
    const server = readyServer();
    server.hear(request(5, 'a/first'));
    server.hear(request(5, 'a/second'));
    server.feed({ type: 'answer', key: 1, answer: { result: {} } });
    expect(server.hear(cancelled(5))).toEqual([{ type: 'abort', key: 2 }]);
  });
});

describe('a cancellation by the peer', () => {
  test('aborts the handler with the reason, and its answer is dropped (cancellation/no-response)', () => {
    const server = readyServer();
    server.hear(request(5, 'tools/list'));
    expect(server.hear(cancelled(5, 'enough'))).toEqual([{ type: 'abort', key: 1, reason: 'enough' }]);
    expect(server.feed({ type: 'answer', key: 1, answer: { result: {} } })).toEqual([]);
  });

  test('ends its progress too (progress/stop-after-completion)', () => {
    const server = readyServer();
    server.hear(request(5, 'tools/list', PROGRESS));
    server.hear(cancelled(5));
    expect(server.feed({ type: 'progress', key: 1, progress: 1 })).toEqual([]);
  });

  test.each([[undefined], [{}], [{ requestId: null }], [{ requestId: '5' }], [{ requestId: 6 }], [{ requestId: 1.5 }]])(
    'of %j changes nothing, and is no fault (cancellation/ignore-unknown, cancellation/ignore-malformed)',
    (params) => {
      const server = readyServer();
      server.hear(request(5, 'tools/list'));
      expect(server.hear(notification('notifications/cancelled', params))).toEqual([]);
      expect(save(server.state).peers).toHaveLength(1);
    },
  );

  test('of what is answered, or cancelled already, changes nothing (cancellation/ignore-completed)', () => {
    const server = readyServer();
    server.hear(request(5, 'tools/list'));
    server.hear(cancelled(5));
    expect(server.hear(cancelled(5))).toEqual([]);
    server.hear(request(6, 'tools/list'));
    server.feed({ type: 'answer', key: 2, answer: { result: {} } });
    expect(server.hear(cancelled(6))).toEqual([]);
  });

  test('of one of OUR requests with that id changes nothing (cancellation/same-direction)', () => {
    const server = readyServer();
    server.call(7, 'roots/list');
    expect(server.hear(cancelled(1))).toEqual([]);
    expect(save(server.state).calls).toHaveLength(1);
  });
});

describe('progress for the peer', () => {
  test('is sent under its token, with what else is told', () => {
    const server = readyServer();
    server.hear(request(5, 'tools/list', PROGRESS));
    const told = { total: 2, message: 'm' };
    expect(server.feed({ type: 'progress', key: 1, progress: 0.5, ...told })).toEqual([
      { type: 'send', message: progress('p', 0.5, told), urgent: false },
    ]);
  });

  test('is sent only where there is a token (progress/active-token)', () => {
    const server = readyServer();
    server.hear(request(5, 'tools/list'));
    server.hear(request(6, 'tools/list', { _meta: { progressToken: 1.5 } }));
    for (const key of [1, 2, 3]) expect(server.feed({ type: 'progress', key, progress: 1 })).toEqual([]);
  });

  test('that does not increase is not sent, but reported as our fault (progress/increases)', () => {
    const server = readyServer();
    server.hear(request(5, 'tools/list', { _meta: { progressToken: 0 } }));
    expect(sent(server.feed({ type: 'progress', key: 1, progress: 3 }))).toEqual([progress(0, 3)]);
    for (const value of [3, 2]) {
      const effects = server.feed({ type: 'progress', key: 1, progress: value });
      expect(sent(effects)).toEqual([]);
      expect(faults(effects)).toMatchObject([
        { blame: 'us', code: 'progressNotIncreasing', clause: '2025-11-25/progress/increases', got: `${value}` },
      ]);
    }
    expect(sent(server.feed({ type: 'progress', key: 1, progress: 3.5 }))).toEqual([progress(0, 3.5)]);
  });

  test('that JSON cannot carry is misuse', () => {
    const server = readyServer();
    server.hear(request(5, 'tools/list', PROGRESS));
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(() => server.feed({ type: 'progress', key: 1, progress: value })).toThrow(LocalProtocolError);
      expect(() => server.feed({ type: 'progress', key: 1, progress: 1, total: value })).toThrow(LocalProtocolError);
    }
  });

  test('after the answer is not sent (progress/stop-after-completion)', () => {
    const server = readyServer();
    server.hear(request(5, 'tools/list', PROGRESS));
    server.feed({ type: 'answer', key: 1, answer: { result: {} } });
    expect(server.feed({ type: 'progress', key: 1, progress: 1 })).toEqual([]);
  });
});

describe('at the end', () => {
  test('semantics 2: every handler is aborted, in the order of arrival, before the clean-up', () => {
    const server = readyServer();
    for (const id of [3, 1, 2]) server.hear(request(id, 'tools/list'));
    const types = server.feed({ type: 'ended' }).map((effect) => effect.type);
    expect(types.indexOf('cleanUp')).toBeGreaterThan(types.lastIndexOf('abort'));
    expect(only('abort', readyAbort()).map(({ key }) => key)).toEqual([1, 2, 3]);
  });

  test('semantics 12: an answer while closing is dropped by its key', () => {
    const client = readyClient();
    client.hear(request(5, 'roots/list'));
    expect(only('abort', client.feed({ type: 'close' }))).toEqual([{ type: 'abort', key: 1 }]);
    expect(client.feed({ type: 'answer', key: 1, answer: { result: {} } })).toEqual([]);
  });
});

function readyAbort() {
  const client = readyClient();
  for (const id of [3, 1, 2]) client.hear(request(id, 'roots/list'));
  return client.feed({ type: 'gone' });
}
