import { rogueClient } from '../model/rogue-client.js';
import { rogueServer } from '../model/rogue-server.js';
import { ASK_FOR_TASK, ASK_MORE, CALL, LOG, TASK_CALL, UNDECLARED_ASK } from './messages.js';
import { ANSWERING, client, DRAINING, type NamedWorld, server } from './world-configuration.js';

/** One side is of ours, and the other keeps no rule. */
export const ROGUES: readonly NamedWorld[] = [
  {
    id: 'rogue-server',
    title: 'A server that keeps no rule',
    options: (more) => ({
      client: client({
        calls: [CALL],
        cancels: 1,
        closes: 1,
        kills: more,
        answering: { ...ANSWERING, progress: 1, aborted: more === 1 },
      }),
      server: rogueServer(2),
      faults: { garbage: more },
      mostUnderWay: 10,
    }),
  },
  {
    id: 'crowd',
    title: 'A server asks more of a client than that takes on',
    options: (more) => ({
      client: client(
        { calls: [{ ...CALL, most: 2 }], answering: { ...ANSWERING, errors: true } },
        { maxCalls: 1, maxPeerRequests: 1 },
      ),
      server: rogueServer(2 + more, ['requests']),
      faults: {},
      mostUnderWay: 10,
    }),
  },
  {
    id: 'tasks',
    title: 'A client asks for tasks, and gives them up, of a server that keeps no rule',
    options: (more) => ({
      client: client({ calls: [{ ...TASK_CALL, most: 1 + more }], cancels: 1, closes: 1 }),
      server: rogueServer(2, ['answers', 'progress']),
      faults: {},
      mostUnderWay: 10,
    }),
  },
  {
    id: 'tasks-of-server',
    title: 'A server asks for tasks, and gives them up, of a client that keeps no rule',
    options: (more) => ({
      client: rogueClient({ offers: '2025-11-25', calls: 0, tricks: 2, kinds: ['answers'] }),
      server: server({ calls: [{ ...ASK_FOR_TASK, most: 1 + more }, UNDECLARED_ASK], cancels: 1 }),
      faults: {},
      mostUnderWay: 10,
    }),
  },
  {
    id: 'rogue-client',
    title: 'A client that keeps no rule',
    options: (more) => ({
      client: rogueClient({
        offers: '2025-11-25',
        calls: more,
        tricks: 2,
        kinds: ['handshake', 'answers', 'calls', 'envelope', 'silence'],
      }),
      server: server(
        { calls: [ASK_MORE], cancels: more, answering: { ...ANSWERING, progress: 1, stale: true } },
        { maxPeerRequests: 1 },
      ),
      faults: {},
      mostUnderWay: 10,
    }),
  },
  {
    id: 'rogue-batches',
    title: 'A client that sends batches of every kind under the one revision that has them',
    options: (more) => ({
      client: rogueClient({ offers: '2025-03-26', calls: 0, tricks: 2, kinds: ['batches', 'calls'] }),
      server: server(
        {
          calls: [{ ...ASK_MORE, most: more }],
          closes: 1,
          notifications: [{ ...LOG, most: more }],
          answering: { ...ANSWERING, errors: true },
        },
        DRAINING,
      ),
      faults: {},
      mostUnderWay: 10,
    }),
  },
];
