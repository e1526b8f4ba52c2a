import { bareHost } from '../model/bare-host.js';
import { rogueClient } from '../model/rogue-client.js';
import { rogueServer } from '../model/rogue-server.js';
import { ASK, CALL, LOG } from './messages.js';
import {
  ANSWERING,
  client,
  DRAINING,
  type NamedWorld,
  PROCESS,
  PROCESS_WITH_DESCENDANT,
  server,
} from './world-configuration.js';

/** The server is a process, and leaves as one. */
export const PROCESSES: readonly NamedWorld[] = [
  {
    id: 'process',
    title: 'A child process that comes and goes as it likes, and a host that asks for anything at any moment',
    options: (more) => ({
      client: bareHost({ starts: 2 + more, closes: 2 + more, kills: 2 + more }),
      server: rogueServer(1, ['leaving']),
      process: PROCESS_WITH_DESCENDANT,
      faults: { unopened: 1, crashes: 1, breaks: 1 },
      mostUnderWay: 2,
    }),
  },
  {
    id: 'stdio',
    title: 'The server is a child process, with another of its own that holds its output open',
    options: (more) => ({
      client: client({ calls: [{ ...CALL, most: 2 }], cancels: 1, closes: 2, kills: 1 }),
      server: server({ notifications: [{ ...LOG, most: more }], answering: { ...ANSWERING, progress: more } }),
      process: PROCESS_WITH_DESCENDANT,
      faults: { unopened: 1, crashes: 1, breaks: 1 },
      mostUnderWay: 8,
    }),
  },
  {
    id: 'stdio-leaving',
    title: 'A server in a child process is asked to leave in every way, and may not clean up in time',
    options: (more) => ({
      client: client({ calls: [CALL], closes: 1 }),
      server: server(
        {
          calls: [ASK],
          closes: 2,
          kills: 1,
          signals: 2,
          uncaught: 1,
          cleanUp: 'none',
          answering: { ...ANSWERING, fairness: 'none', progress: more },
        },
        DRAINING,
      ),
      process: PROCESS,
      faults: { crashes: more },
      mostUnderWay: 8,
    }),
  },
  {
    id: 'rogue-child',
    title: 'A server that keeps no rule, in a child process',
    options: (more) => ({
      client: client({ calls: [CALL], closes: 2 }),
      server: rogueServer(1 + more),
      process: PROCESS,
      faults: { breaks: 1 },
      mostUnderWay: 8,
    }),
  },
  {
    id: 'leaving-server',
    title: 'A server is asked to leave in every way, by whoever can ask, again and again',
    options: (more) => ({
      client: rogueClient({ offers: '2025-11-25', calls: 1, tricks: 0, kinds: [] }),
      server: server(
        {
          calls: [{ ...ASK, most: more }],
          notifications: [LOG],
          closes: 1,
          kills: 1,
          signals: 1,
          uncaught: 2,
          cleanUp: 'none',
          afterEnd: true,
          answering: { ...ANSWERING, fairness: 'none' },
        },
        DRAINING,
      ),
      faults: { serverBreaks: 1, garbage: 1 },
      mostUnderWay: 8,
    }),
  },
];
