import { rogueClient } from '../model/rogue-client.js';
import { rogueServer } from '../model/rogue-server.js';
import { ASK, CALL, CHANGED, LOG } from './messages.js';
import { ANSWERING, client, DRAINING, KEEPALIVE, type NamedWorld, server } from './world-configuration.js';

/** One side watches whether the other lives. */
export const WATCHING: readonly NamedWorld[] = [
  {
    id: 'keepalive',
    title: 'A client watches whether its server lives',
    options: (more) => ({
      client: client({ starts: 2, calls: [CALL], cancels: 1, kills: 1 }, KEEPALIVE),
      server: server({ notifications: [{ ...LOG, most: more }] }),
      faults: { losses: 1 },
      mostUnderWay: 10,
    }),
  },
  {
    id: 'keepalive-faults',
    title: 'A client watches a server, and the channel fails it',
    options: (more) => ({
      client: client(
        { notifications: [{ ...CHANGED, most: more }], closes: 1, answering: { ...ANSWERING, progress: 1 } },
        KEEPALIVE,
      ),
      server: server({ calls: [ASK] }),
      faults: { breaks: 1, cuts: 1, garbage: 1 },
      mostUnderWay: 10,
    }),
  },
  {
    id: 'rogue-watched',
    title: 'A client watches a server that keeps no rule',
    options: (more) => ({
      client: client({ notifications: [CHANGED], closes: more }, KEEPALIVE),
      server: rogueServer(1 + more, ['requests', 'envelope', 'leaving']),
      faults: {},
      mostUnderWay: 12,
    }),
  },
  {
    id: 'watched-client',
    title: 'A server watches whether its client lives',
    options: (more) => ({
      client: client({ closes: 1 }),
      server: server({ calls: [ASK], cancels: 1, notifications: [LOG], closes: more }, KEEPALIVE),
      faults: { losses: more },
      mostUnderWay: 10,
    }),
  },
  {
    id: 'watched-client-faults',
    title: 'A server watches a client, and the channel fails it',
    options: (more) => ({
      client: rogueClient({ offers: '2025-11-25', calls: 1, tricks: 0, kinds: [] }),
      server: server({ answering: { ...ANSWERING, progress: 1 } }, KEEPALIVE),
      faults: { serverBreaks: 1, cuts: more, garbage: 1 },
      mostUnderWay: 10,
    }),
  },
  {
    id: 'watching-and-leaving',
    title: 'A server that watches its client is asked to leave in every way',
    options: (more) => ({
      client: rogueClient({ offers: '2025-11-25', calls: more, tricks: 0, kinds: [] }),
      server: server({ closes: 1, kills: 1, signals: 1, uncaught: 1 }, { ...KEEPALIVE, ...DRAINING }),
      faults: { cuts: 1, serverBreaks: more },
      mostUnderWay: 8,
    }),
  },
];
