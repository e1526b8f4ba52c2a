import { describe, expect, test } from 'vitest';
import { LocalProtocolError } from '../../src/index.ts';
import { REVISIONS } from '../../src/revision.ts';
import {
  answeredServer,
  clientConfig,
  codes,
  drive,
  faults,
  negotiatingClient,
  notification,
  only,
  outcomes,
  readyClient,
  readyServer,
  request,
  sent,
  serverConfig,
} from './drive.ts';

describe('a notification', () => {
  test('goes out as it is, and waits for room where others do', () => {
    const params = { a: 1 };
    expect(readyClient().feed({ type: 'notify', method: 'x/custom', params })).toEqual([
      { type: 'send', message: notification('x/custom', params), urgent: false },
    ]);
  });

  test.each(['notifications/initialized', 'notifications/cancelled', 'notifications/progress'])(
    "%s is the session's own, in every state",
    (method) => {
      for (const session of [readyClient(), readyServer(), drive(clientConfig()), drive(serverConfig())]) {
        expect(() => session.feed({ type: 'notify', method })).toThrow(LocalProtocolError);
      }
    },
  );

  test('semantics 24: waits for the end of the handshake, on both sides (lifecycle/early-server-requests)', () => {
    for (const session of [drive(clientConfig()), negotiatingClient(), drive(serverConfig()), answeredServer()]) {
      for (const method of ['x/custom', 'notifications/tools/list_changed', 'notifications/roots/list_changed']) {
        const effects = session.feed({ type: 'notify', method });
        expect(effects.map(({ type }) => type)).toEqual(['report']);
        expect(faults(effects)).toMatchObject([{ blame: 'us', code: 'notAllowed', got: method }]);
      }
    }
  });

  test('semantics 24: the log messages of a server need only its answer to initialize', () => {
    const log = { type: 'notify', method: 'notifications/message', params: { level: 'info', data: 1 } } as const;
    expect(sent(drive(serverConfig()).feed(log))).toEqual([]);
    expect(sent(answeredServer().feed(log))).toHaveLength(1);
    expect(sent(readyServer().feed(log))).toHaveLength(1);
  });

  test('that comes too late is dropped: a race with the end is no misuse', () => {
    for (const type of ['close', 'ended', 'writeFailed', 'gone'] as const) {
      for (const session of [readyClient(), readyServer()]) {
        session.feed({ type });
        expect(session.feed({ type: 'notify', method: 'x/custom' })).toEqual([]);
      }
    }
  });

  test('with the name of a request is not sent (messages/request-id)', () => {
    const effects = readyClient().feed({ type: 'notify', method: 'tools/list' });
    expect([codes(effects), sent(effects)]).toEqual([['notAllowed'], []]);
    expect(faults(effects)[0]?.clause).toBe('2025-11-25/messages/request-id');
  });
});

/** What each side may send in each revision, where everything is declared. */
const SINCE = {
  client: {
    call: { 'tools/call': 0, 'completion/complete': 0, 'tasks/list': 3 },
    notify: { 'notifications/roots/list_changed': 0, 'notifications/tasks/status': 3 },
  },
  server: {
    call: { 'sampling/createMessage': 0, 'elicitation/create': 2, 'tasks/get': 3 },
    notify: { 'notifications/resources/updated': 0, 'notifications/elicitation/complete': 3 },
  },
} as const;

for (const [index, revision] of REVISIONS.entries()) {
  describe(`in ${revision}`, () => {
    for (const role of ['client', 'server'] as const) {
      const ready = role === 'client' ? readyClient : readyServer;

      test(`a ${role} sends what the revision has (${revision}/lifecycle/negotiated-version)`, () => {
        for (const [method, since] of Object.entries(SINCE[role].call)) {
          const effects = ready({ revision }).call(7, method);
          expect(outcomes(effects), method).toEqual(index >= since ? [] : [[7, 'refused']]);
          expect(sent(effects)).toHaveLength(index >= since ? 1 : 0);
        }
        for (const [method, since] of Object.entries(SINCE[role].notify)) {
          const effects = ready({ revision }).feed({ type: 'notify', method });
          expect([sent(effects).length, codes(effects)], method).toEqual(
            index >= since ? [1, []] : [0, ['notAllowed']],
          );
        }
      });

      test(`a ${role} sends only what was declared (${revision}/lifecycle/negotiated-capabilities)`, () => {
        // Completion is older than its capability.
        const free = revision === '2024-11-05' ? ['completion/complete'] : [];
        const config = { capabilities: {} };
        for (const method of Object.keys(SINCE[role].call)) {
          const effects = ready({ revision, peer: {}, config }).call(7, method);
          expect(sent(effects), method).toHaveLength(free.includes(method) ? 1 : 0);
          if (!free.includes(method)) {
            expect(only('settle', effects)[0]?.outcome).toMatchObject({ kind: 'refused', sent: false });
          }
        }
        for (const method of Object.keys(SINCE[role].notify)) {
          const effects = ready({ revision, peer: {}, config }).feed({ type: 'notify', method });
          expect([sent(effects), codes(effects)], method).toEqual([[], ['notAllowed']]);
        }
      });

      test(`a ${role} sends nothing of the other side`, () => {
        const other = role === 'client' ? 'server' : 'client';
        for (const method of Object.keys(SINCE[other].call).filter((one) => !one.startsWith('tasks/'))) {
          expect(outcomes(ready({ revision }).call(7, method)), method).toEqual([[7, 'refused']]);
        }
      });

      test(`a ${role} sends custom messages whatever was declared`, () => {
        const session = ready({ revision, peer: {}, config: { capabilities: {} } });
        expect(sent(session.call(7, 'x/custom', { wantsProgress: false }))).toEqual([
          request(role === 'client' ? 2 : 1, 'x/custom'),
        ]);
        expect(sent(session.feed({ type: 'notify', method: 'x/told' }))).toHaveLength(1);
      });
    }
  });
}
