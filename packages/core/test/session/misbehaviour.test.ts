import { clause } from '@mcp-lifeline/specs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GIVEN_UP_KEPT } from '../../src/calls/given-up.ts';
import type { Fault } from '../../src/index.ts';
import { REVISIONS } from '../../src/revision.ts';
import { save } from '../../src/saving.ts';
import {
  answeredServer,
  cancelled,
  clientConfig,
  type Drive,
  drive,
  FIRST_ID,
  failure,
  faults,
  INITIALIZED,
  initialize,
  initializeResult,
  negotiatingClient,
  notification,
  only,
  progress,
  readyClient,
  readyServer,
  request,
  result,
  serverConfig,
} from './drive.ts';
import { anything, BOUNDS, endure, ordeals } from './misbehaviour.ts';

const RUNS = { numRuns: 120 };

describe('whatever a peer sends', () => {
  test('no step throws, in any state', () => {
    const states = {
      idle: () => drive(clientConfig()),
      negotiating: () => negotiatingClient(),
      ready: () => busy(readyClient({ revision: '2025-03-26' })),
      hearingOut: () => after(busy(readyClient()), 'writeFailed'),
      closing: () => after(busy(readyClient()), 'close'),
      closed: () => after(readyClient(), 'gone'),
      listening: () => drive(serverConfig()),
      answered: () => answeredServer(),
      serving: () => busy(readyServer({ revision: '2025-03-26' })),
      finishing: () => after(busy(readyServer({ config: { drainMs: 1_000 } })), 'ended'),
      draining: () => after(busy(readyServer()), 'close'),
      exited: () => after(readyServer(), 'kill'),
    };
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(states)), fc.array(anything, { maxLength: 8 }), (make, values) => {
        const session = make();
        for (const json of values) expect(() => session.hear(json)).not.toThrow();
      }),
      RUNS,
    );
  });

  test('nothing is remembered beyond its bound', () => {
    fc.assert(
      fc.property(ordeals, (ordeal) => {
        const steps = endure(ordeal);
        for (const { after } of steps) {
          const { calls, peers, peerKeys, batches, givenUp } = save(after);
          expect(calls.length).toBeLessThanOrEqual(BOUNDS.maxCalls);
          expect(peers.length).toBeLessThanOrEqual(BOUNDS.maxPeerRequests);
          expect(peerKeys.length).toBeLessThanOrEqual(peers.length);
          expect(batches.length).toBeLessThanOrEqual(peers.length);
          for (const [, { answers }] of batches) expect(answers.length).toBeLessThanOrEqual(BOUNDS.maxBatch);
          expect(givenUp.length).toBeLessThanOrEqual(2 * GIVEN_UP_KEPT);
        }
      }),
      RUNS,
    );
  });

  test('a batch is open for as many requests as name it, and at least one', () => {
    fc.assert(
      fc.property(ordeals, (ordeal) => {
        const steps = endure(ordeal);
        for (const { after } of steps) {
          const { peers, batches } = save(after);
          const counts = new Map<number, number>();
          for (const { batch } of peers) if (batch !== null) counts.set(batch, (counts.get(batch) ?? 0) + 1);
          expect(batches.map(([batch, { open }]) => [batch, open])).toEqual([...counts].sort(([a], [b]) => a - b));
        }
      }),
      RUNS,
    );
  });

  test('every call settles at most once, each handler is told of once, each answer is of an open request', () => {
    fc.assert(
      fc.property(ordeals, (ordeal) => {
        const steps = endure(ordeal);
        const settled = steps.flatMap(({ effects }) => only('settle', effects).map(({ key }) => key));
        expect(settled).toEqual([...new Set(settled)]);
        const aborted = steps.flatMap(({ effects }) => only('abort', effects).map(({ key }) => key));
        expect(aborted).toEqual([...new Set(aborted)]);
        const handled = steps.flatMap(({ effects }) =>
          only('deliver', effects).flatMap(({ item }) => (item.kind === 'request' ? [item.key] : [])),
        );
        expect(handled).toEqual(handled.toSorted((a, b) => a - b));
        expect(handled).toEqual([...new Set(handled)]);
        for (const key of aborted) expect(handled).toContain(key);
      }),
      RUNS,
    );
  });

  test('what is reported cites a clause that the revision has', () => {
    fc.assert(
      fc.property(ordeals, (ordeal) => {
        const steps = endure(ordeal);
        for (const { effects } of steps) for (const fault of faults(effects)) expectSound(fault);
      }),
      RUNS,
    );
  });
});

describe('each fault that a peer can show', () => {
  for (const revision of REVISIONS) {
    test(`cites a clause of ${revision}`, () => {
      const seen = new Set<string>();
      for (const fault of allFaults(revision)) {
        expectSound(fault);
        seen.add(fault.code);
      }
      expect([...seen].sort()).toEqual(
        [
          ...['batch', 'duplicateAnswer', 'duplicateRequestId', 'earlyRequest', 'invalidMessage', 'malformedAnswer'],
          ...['notAllowed', 'progressNotIncreasing', 'refusedInitialize', 'secondInitialize', 'undeclared'],
          ...['unknownAnswer', 'unknownProgress', 'unsupportedRevision', 'tooMany', 'garbled', 'missedPong'],
        ].sort(),
      );
    });
  }
});

function allFaults(revision: (typeof REVISIONS)[number]): Fault[] {
  const revisions = REVISIONS.slice(0, REVISIONS.indexOf(revision) + 1);
  const config = { revisions, maxPeerRequests: 2, keepaliveMs: 1_000 };
  const seen: Fault[] = [];
  const hear = (session: Drive, ...values: readonly unknown[]) => {
    for (const json of values) seen.push(...faults(session.hear(json)));
  };
  const server = () => readyServer({ revision, config });
  const early = drive(serverConfig(config));
  hear(early, request(1, 'tools/list'), notification('x/told'), INITIALIZED, initialize(null), [initialize(revision)]);
  hear(negotiatingClient(config), request(1, 'roots/list'), failure(1));
  hear(negotiatingClient(config), initializeResult('1.0.0'));
  hear(server(), initialize(revision), 5, request(1, 'roots/list'), notification('notifications/tools/list_changed'));
  const twice = request(1, 'x/one', { _meta: { progressToken: 1 } });
  const busyServer = server();
  hear(busyServer, twice, twice, request(3, 'x/one'), []);
  for (const value of [1, 1]) seen.push(...faults(busyServer.feed({ type: 'progress', key: 1, progress: value })));
  seen.push(...faults(busyServer.feed({ type: 'notify', method: 'tools/list' })));
  const garble = { type: 'garbled', why: 'cutOff', text: 'x', bytes: 1 } as const;
  const client = readyClient({ revision, config });
  for (const key of [1, 2]) client.call(key, 'tools/list');
  hear(client, progress(FIRST_ID, 1), progress(FIRST_ID, 1), progress('x', 1), progress(null, 1), cancelled(null));
  hear(client, result(FIRST_ID), result(FIRST_ID), result(99), failure(null), failure(FIRST_ID + 1, 1.5));
  seen.push(...faults(client.feed(garble)));
  client.expire('keepalive');
  seen.push(...faults(client.expire('pong')));
  return seen;
}

function expectSound(fault: Fault): void {
  if (fault.clause !== undefined) expect(clause(fault.clause), fault.clause).toBeDefined();
  expect(fault.expected).not.toBe('');
  expect(fault.got).not.toBe('');
}

/** With calls and requests that are open, and one that was given up. */
function busy(session: Drive): Drive {
  for (const key of [1, 2, 3]) session.call(key, 'x/custom');
  session.feed({ type: 'cancel', key: 3 });
  session.hear(request(1, 'x/custom', { _meta: { progressToken: 1 } }));
  session.hear([request(2, 'x/custom'), request(2, 'x/custom')]);
  return session;
}

function after(session: Drive, type: 'writeFailed' | 'close' | 'gone' | 'ended' | 'kill'): Drive {
  session.feed({ type });
  return session;
}
