import { describe, expect, test } from 'vitest';
import { GIVEN_UP_KEPT } from '../../src/calls/given-up.ts';
import { save } from '../../src/saving.ts';
import {
  codes,
  type Drive,
  delivered,
  FIRST_ID,
  failure,
  faults,
  only,
  outcomes,
  progress,
  readyClient,
  readyServer,
  result,
} from '../session/drive.ts';

describe('semantics 7: late, duplicate and unknown are three things', () => {
  for (const way of ['cancel', 'timeout'] as const) {
    test(`a late answer after a ${way} is dropped without a word (cancellation/late-response)`, () => {
      for (const answer of [result(FIRST_ID), failure(FIRST_ID), { jsonrpc: '2.0', id: FIRST_ID, result: 5 }]) {
        const client = givenUp(way);
        expect(client.hear(answer)).toEqual([]);
      }
    });

    test(`a second answer after the late one after a ${way} is a duplicate`, () => {
      const client = givenUp(way);
      client.hear(result(FIRST_ID));
      expect(codes(client.hear(result(FIRST_ID)))).toEqual(['duplicateAnswer']);
    });
  }

  test('a duplicate is reported, and settles nothing', () => {
    const client = readyClient();
    client.call(7, 'tools/list');
    client.hear(result(FIRST_ID));
    const effects = client.hear(result(FIRST_ID));
    expect([codes(effects), outcomes(effects)]).toEqual([['duplicateAnswer'], []]);
    expect(faults(effects)[0]).toMatchObject({ blame: 'peer', clause: '2025-11-25/messages/response-id' });
  });

  test('a second answer to initialize is a duplicate too', () => {
    expect(codes(readyClient().hear(result(1)))).toEqual(['duplicateAnswer']);
  });

  test('an answer to what was never sent is reported as unknown', () => {
    const client = readyClient();
    client.call(7, 'tools/list');
    for (const id of [FIRST_ID + 1, 0, -1, 2 ** 53, 1e300, 'x', '', '__proto__', 'constructor']) {
      const effects = client.hear(result(id));
      expect([codes(effects), outcomes(effects)], String(id)).toEqual([['unknownAnswer'], []]);
    }
    expect(outcomes(client.hear(result(FIRST_ID)))).toEqual([[7, 'ok']]);
  });

  test('an id of the other type is unknown: "2" answers nobody\'s 2', () => {
    const client = readyClient();
    client.call(7, 'tools/list');
    const effects = client.hear(result(String(FIRST_ID)));
    expect([codes(effects), outcomes(effects)]).toEqual([['unknownAnswer'], []]);
  });

  test('an error without an id answers nobody, and is reported', () => {
    const client = readyClient();
    client.call(7, 'tools/list');
    for (const message of [failure(null), { jsonrpc: '2.0', error: { code: -32700, message: 'x'.repeat(1_000) } }]) {
      const effects = client.hear(message);
      expect([codes(effects), outcomes(effects)]).toEqual([['unknownAnswer'], []]);
      expect(faults(effects)[0]?.got.length).toBeLessThan(300);
    }
  });
});

describe('a malformed answer', () => {
  const malformed = [
    { result: 5 },
    { result: [] },
    { result: null },
    { error: null },
    { error: { code: 'x', message: 'm' } },
    { error: { code: 1.5, message: 'm' } },
    { error: { code: 1 } },
    { result: {}, error: { code: 1, message: 'm' } },
  ];

  test.each(malformed)('%j settles its call, which will get no better one, and is reported', (members) => {
    const client = readyClient();
    client.call(7, 'tools/list');
    const effects = client.hear({ jsonrpc: '2.0', id: FIRST_ID, ...members });
    expect(codes(effects)).toEqual(['malformedAnswer']);
    const [settle] = only('settle', effects);
    expect(settle).toMatchObject({ key: 7, outcome: { ok: false, kind: 'malformedAnswer', sent: true } });
  });

  test('to nobody is unknown', () => {
    expect(codes(readyClient().hear({ jsonrpc: '2.0', id: 99, result: 5 }))).toEqual(['unknownAnswer']);
  });

  test('that could also be a call settles nothing', () => {
    const client = readyClient();
    client.call(7, 'tools/list');
    const effects = client.hear({ jsonrpc: '2.0', id: FIRST_ID, method: 'x', result: {} });
    expect([codes(effects), outcomes(effects)]).toEqual([['invalidMessage'], []]);
  });
});

describe('what we gave up', () => {
  test(`is remembered up to a bound, of which the newest ${GIVEN_UP_KEPT} are sure`, () => {
    const client = readyClient();
    const calls = 5 * GIVEN_UP_KEPT;
    for (let key = 0; key < calls; key += 1) {
      client.call(key, 'tools/list');
      client.feed({ type: 'cancel', key });
      expect(save(client.state).givenUp.length).toBeLessThanOrEqual(2 * GIVEN_UP_KEPT);
    }
    const [newest, oldest] = [FIRST_ID + calls - 1, FIRST_ID];
    expect(codes(client.hear(result(newest)))).toEqual([]);
    expect(codes(client.hear(result(newest - GIVEN_UP_KEPT + 1)))).toEqual([]);
    expect(codes(client.hear(result(oldest)))).toEqual(['duplicateAnswer']);
  });
});

describe('progress of our calls', () => {
  test('semantics 10: is delivered by the key of its call, before its answer', () => {
    const client = readyClient();
    client.call(7, 'tools/list');
    const told = { total: 10, message: 'half' };
    expect(client.hear(progress(FIRST_ID, 5, told))).toEqual([
      { type: 'deliver', item: { kind: 'progress', key: 7, progress: 5, ...told } },
    ]);
  });

  test('semantics 2: in a batch with the answer it is delivered before the settle', () => {
    const client = readyClient({ revision: '2025-03-26' });
    client.call(7, 'tools/list');
    const effects = client.hear([progress(FIRST_ID, 1), result(FIRST_ID)]);
    expect(effects.map(({ type }) => type)).toEqual(['deliver', 'settle']);
  });

  test('that does not increase is reported, and delivered all the same (progress/increases)', () => {
    const client = readyClient();
    client.call(7, 'tools/list');
    expect(codes(client.hear(progress(FIRST_ID, -5)))).toEqual([]);
    for (const value of [-5, -6]) {
      const effects = client.hear(progress(FIRST_ID, value));
      expect(codes(effects)).toEqual(['progressNotIncreasing']);
      expect(delivered(effects)).toEqual([{ kind: 'progress', key: 7, progress: value }]);
    }
  });

  test('after the answer is reported, and not delivered (progress/active-token)', () => {
    const client = readyClient();
    client.call(7, 'tools/list');
    client.hear(result(FIRST_ID));
    const effects = client.hear(progress(FIRST_ID, 1));
    expect([codes(effects), delivered(effects)]).toEqual([['unknownProgress'], []]);
  });

  test('under another token, or one of the other type, is reported', () => {
    const client = readyClient();
    client.call(7, 'tools/list');
    for (const token of [FIRST_ID + 1, String(FIRST_ID), '', '__proto__', -1]) {
      const effects = client.hear(progress(token, 1));
      expect([codes(effects), delivered(effects)]).toEqual([['unknownProgress'], []]);
    }
  });

  test('of a call that asked for none is reported (progress/active-token)', () => {
    const client = readyClient();
    client.call(7, 'tools/list', { wantsProgress: false });
    client.call(8, 'ping');
    for (const token of [FIRST_ID, FIRST_ID + 1]) {
      const effects = client.hear(progress(token, 1));
      expect([codes(effects), delivered(effects)]).toEqual([['unknownProgress'], []]);
    }
  });

  test.each([
    [undefined, 1],
    [null, 1],
    [1.5, 1],
    [FIRST_ID, undefined],
    [FIRST_ID, '1'],
    [FIRST_ID, null],
  ])('with the token %j and the value %j is malformed, and moves nothing', (token, value) => {
    const client = readyClient();
    client.call(7, 'tools/list');
    const before = save(client.state).calls;
    client.wait(100);
    const params = JSON.parse(JSON.stringify({ progressToken: token, progress: value }));
    const effects = client.hear({ jsonrpc: '2.0', method: 'notifications/progress', params });
    expect([codes(effects), delivered(effects)]).toEqual([['invalidMessage'], []]);
    expect(save(client.state).calls).toEqual(before);
  });

  test('reaches a server that called, too', () => {
    const server = readyServer();
    server.call(7, 'sampling/createMessage');
    expect(delivered(server.hear(progress(1, 0.5)))).toEqual([{ kind: 'progress', key: 7, progress: 0.5 }]);
  });
});

function givenUp(way: 'cancel' | 'timeout'): Drive {
  const client = readyClient();
  client.call(7, 'tools/list', { timeoutMs: 0 });
  if (way === 'cancel') client.feed({ type: 'cancel', key: 7 });
  else client.expire('calls');
  return client;
}
