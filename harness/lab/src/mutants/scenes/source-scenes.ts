import { type Agreed, agreedScene, CALLS, CALLS_MISUSE, PROGRESS, tasks } from './call-scenes.js';
import { HANDSHAKE_SCENES } from './handshake-scenes.js';
import { BATCHES, REQUESTS, REQUESTS_MISUSE } from './request-scenes.js';
import type { Scene } from './scene.js';

const NEWEST: Agreed = { revision: '2025-11-25', client: { roots: {} }, server: { tools: {} } };

const TASKS: Agreed = {
  revision: '2025-11-25',
  client: { sampling: {}, tasks: { cancel: {}, requests: { sampling: { createMessage: {} } } } },
  server: { tools: {}, tasks: { cancel: {}, requests: { tools: { call: {} } } } },
};

/** A task may be asked for, and can not be cancelled. */
const LASTING: Agreed = {
  revision: '2025-11-25',
  client: { sampling: {}, tasks: { requests: { sampling: { createMessage: {} } } } },
  server: { tools: {}, tasks: { requests: { tools: { call: {} } } } },
};

/** No task may be asked for. */
const NO_TASKS: Agreed = { revision: '2025-11-25', client: { sampling: {} }, server: { tools: {} } };

const TASK_METHODS = { client: 'tools/call', server: 'sampling/createMessage' } as const;

/** What the sources of sessions and calls are tried on: each scene is about one of their concerns, in either role. */
export const SOURCE_SCENES: readonly Scene[] = [
  ...(['client', 'server'] as const).flatMap((role) => [
    agreedScene(role, 'two calls', NEWEST, CALLS, { maxCalls: 2 }, { misuse: CALLS_MISUSE, countsUp: true }),
    agreedScene(role, 'progress of calls', NEWEST, PROGRESS),
    agreedScene(role, 'tasks', TASKS, tasks(TASK_METHODS[role])),
    agreedScene(role, 'tasks that cannot be cancelled', LASTING, tasks(TASK_METHODS[role])),
    agreedScene(role, 'tasks that are not declared', NO_TASKS, tasks(TASK_METHODS[role])),
    agreedScene(role, 'tasks before there were any', { ...TASKS, revision: '2025-06-18' }, tasks(TASK_METHODS[role])),
    agreedScene(role, 'requests', NEWEST, REQUESTS, { maxPeerRequests: 2 }, { misuse: REQUESTS_MISUSE }),
    agreedScene(role, 'batches', { ...NEWEST, revision: '2025-03-26' }, BATCHES, { maxBatch: 3 }),
    agreedScene(role, 'batches where there are none', NEWEST, BATCHES, { maxBatch: 3 }),
  ]),
  ...HANDSHAKE_SCENES,
];
