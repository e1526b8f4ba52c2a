import { describe, expect, test } from 'vitest';
import type { Params } from '../../src/index.ts';
import type { Revision } from '../../src/revision.ts';
import {
  cancelled,
  codes,
  type Drive,
  delivered,
  FIRST_ID,
  failure,
  outcomes,
  progress,
  readyClient,
  readyServer,
  request,
  result,
  SERVER_CAPABILITIES,
  sent,
} from '../session/drive.ts';

const TASK = { task: { taskId: 't-1', status: 'working' } };

describe('a call that asks for a task', () => {
  for (const way of ['cancel', 'timeout'] as const) {
    test(`is not told of by notifications/cancelled at a ${way} (2025-11-25/cancellation/task)`, () => {
      const client = taskClient();
      const effects = giveUp(client, way);
      expect(sent(effects)).toEqual([]);
      expect(outcomes(effects)).toEqual([[7, way === 'cancel' ? 'cancelled' : 'timeout']]);
    });

    test(`is cancelled by tasks/cancel once its task is known, after a ${way} (2025-11-25/cancellation/task)`, () => {
      const client = taskClient();
      giveUp(client, way);
      const effects = client.hear(result(FIRST_ID, TASK));
      expect(effects).toEqual([
        { type: 'send', message: request(FIRST_ID + 1, 'tasks/cancel', { taskId: 't-1' }), urgent: true },
      ]);
    });
  }

  test("the answer to that tasks/cancel is nobody's, and no fault", () => {
    for (const answer of [result(FIRST_ID + 1), failure(FIRST_ID + 1, -32602, 'already completed')]) {
      const client = taskClient();
      giveUp(client, 'cancel');
      client.hear(result(FIRST_ID, TASK));
      expect(client.hear(answer)).toEqual([]);
      expect(codes(client.hear(answer))).toEqual(['duplicateAnswer']);
    }
  });

  test('that was given up and answered without a task leaves nothing to cancel', () => {
    for (const answer of [
      result(FIRST_ID, { content: [] }),
      result(FIRST_ID, { task: null }),
      result(FIRST_ID, { task: { taskId: 5 } }),
      failure(FIRST_ID),
    ]) {
      const client = taskClient();
      giveUp(client, 'cancel');
      expect(client.hear(answer)).toEqual([]);
    }
  });

  test('no tasks/cancel goes to a server that did not declare it (lifecycle/negotiated-capabilities)', () => {
    const client = taskClient({ ...SERVER_CAPABILITIES, tasks: { requests: { tools: { call: {} } } } });
    giveUp(client, 'cancel');
    expect(client.hear(result(FIRST_ID, TASK))).toEqual([]);
  });

  test('no tasks/cancel goes out once nothing can be written', () => {
    const client = taskClient();
    giveUp(client, 'cancel');
    client.feed({ type: 'writeFailed' });
    expect(client.hear(result(FIRST_ID, TASK))).toEqual([]);
  });

  test('of a server is cancelled in the same way', () => {
    const server = readyServer();
    server.call(7, 'sampling/createMessage', { params: { task: {} } });
    expect(sent(server.feed({ type: 'cancel', key: 7 }))).toEqual([]);
    expect(sent(server.hear(result(1, TASK)))).toEqual([request(2, 'tasks/cancel', { taskId: 't-1' })]);
  });
});

test('a receiver that declares a task request by true, where the schema has an object, is understood', () => {
  const client = taskClient({ ...SERVER_CAPABILITIES, tasks: { cancel: true, requests: { tools: { call: true } } } });
  expect(sent(giveUp(client, 'cancel'))).toEqual([]);
  expect(sent(client.hear(result(FIRST_ID, TASK)))).toHaveLength(1);
});

describe('a call that only looks as if it asked for a task is cancelled like any other', () => {
  const notTasks: readonly (readonly [string, Revision, Params, string])[] = [
    ['in a revision without tasks', '2025-06-18', SERVER_CAPABILITIES, 'tools/call'],
    ['where the receiver declared no tasks, and so ignores the wish', '2025-11-25', { tools: {} }, 'tools/call'],
    [
      'where the receiver declared none for this request',
      '2025-11-25',
      { ...SERVER_CAPABILITIES, tasks: { cancel: {}, requests: {} } },
      'tools/call',
    ],
    [
      'where the receiver declared its feature, but not this request of it',
      '2025-11-25',
      { ...SERVER_CAPABILITIES, tasks: { cancel: {}, requests: { tools: {} } } },
      'tools/call',
    ],
    ['where its method has none', '2025-11-25', SERVER_CAPABILITIES, 'tools/list'],
    ['where its method is the name of a prototype', '2025-11-25', SERVER_CAPABILITIES, 'constructor'],
  ];

  for (const [where, revision, peer, method] of notTasks) {
    test(where, () => {
      const client = readyClient({ revision, peer: { tools: {}, ...peer } });
      client.call(7, method, { params: { task: { ttl: 1 } } });
      expect(sent(client.feed({ type: 'cancel', key: 7 }))).toEqual([cancelled(FIRST_ID)]);
      expect(client.hear(result(FIRST_ID, TASK))).toEqual([]);
    });
  }
});

describe('a call that was answered with a task', () => {
  test('is settled with it', () => {
    const client = taskClient();
    expect(client.hear(result(FIRST_ID, TASK))).toEqual([
      { type: 'settle', key: 7, outcome: { ok: true, result: TASK } },
    ]);
  });

  test('still makes progress, handed on as it came (2025-11-25/progress/task-token-lifetime)', () => {
    const client = taskClient();
    client.hear(result(FIRST_ID, TASK));
    for (const value of [1, 2]) {
      const effects = client.hear(progress(FIRST_ID, value));
      expect(codes(effects)).toEqual([]);
      expect(delivered(effects)).toEqual([
        {
          kind: 'notification',
          method: 'notifications/progress',
          params: { progressToken: FIRST_ID, progress: value },
        },
      ]);
    }
  });

  test('makes no progress where it asked for none (2025-11-25/progress/active-token)', () => {
    const client = readyClient();
    client.call(7, 'tools/call', { params: { task: {} }, wantsProgress: false });
    client.hear(result(FIRST_ID, TASK));
    const effects = client.hear(progress(FIRST_ID, 1));
    expect([codes(effects), delivered(effects)]).toEqual([['unknownProgress'], []]);
  });

  test('is answered: a second answer is a duplicate, a cancel comes too late', () => {
    const client = taskClient();
    client.hear(result(FIRST_ID, TASK));
    expect(client.feed({ type: 'cancel', key: 7 })).toEqual([]);
    expect(codes(client.hear(result(FIRST_ID, TASK)))).toEqual(['duplicateAnswer']);
  });
});

function taskClient(peer: Params = SERVER_CAPABILITIES): Drive {
  const client = readyClient({ peer });
  client.call(7, 'tools/call', { params: { name: 'a', task: { ttl: 60_000 } }, timeoutMs: 0 });
  return client;
}

function giveUp(client: Drive, way: 'cancel' | 'timeout') {
  return way === 'cancel' ? client.feed({ type: 'cancel', key: 7 }) : client.expire('calls');
}
