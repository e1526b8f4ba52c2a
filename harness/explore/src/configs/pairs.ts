import { ASK, CALL, CHANGED, LOG, PING, UNDECLARED_CALL } from './messages.js';
import { ANSWERING, client, DRAINING, type NamedWorld, server } from './world-configuration.js';

/** A client and a server of ours, on two channels and with no process between them. */
export const PAIRS: readonly NamedWorld[] = [
  {
    id: 'handshake',
    title: 'A client and a server find each other, or do not, whatever happens meanwhile',
    options: (more) => ({
      client: client({ starts: 2, calls: [PING, { ...CALL, most: more }], cancels: 1, closes: 2, kills: 1 }),
      server: server({ calls: [PING], cancels: 1 }),
      faults: { unopened: 1, garbage: 1 },
      mostUnderWay: 10,
    }),
  },
  {
    id: 'revisions',
    title: 'A client offers a revision that the server does not speak, and takes its counter-offer',
    options: (more) => ({
      client: client(
        { notifications: [CHANGED], closes: 1, answering: { ...ANSWERING, progress: 1 } },
        { revisions: ['2025-03-26', '2025-11-25'] },
      ),
      server: server({ calls: [ASK], notifications: [LOG] }, { revisions: ['2024-11-05', '2025-03-26'] }),
      faults: { breaks: 1, serverBreaks: 1, garbage: more },
      mostUnderWay: 10,
    }),
  },
  {
    id: 'strangers',
    title: 'A client and a server have no revision in common, and the client goes on asking after its end',
    options: (more) => ({
      client: client(
        { starts: 2, calls: [CALL], notifications: [CHANGED], closes: 2, kills: 1 + more, afterEnd: true },
        { revisions: ['2025-11-25'] },
      ),
      server: server({ calls: [{ ...ASK, most: more }] }, { revisions: ['2024-11-05'] }),
      faults: { cuts: 1, crashes: more },
      mostUnderWay: 10,
    }),
  },
  {
    id: 'calls',
    title: 'A client calls, and takes calls back; the server answers, fails, or never does',
    options: (more) => ({
      client: client({ calls: [{ ...CALL, most: 2 + more }], cancels: 1, closes: 1 }),
      server: server({
        answering: { fairness: 'none', errors: true, progress: 2 - more, stale: true, aborted: true },
      }),
      faults: {},
      lateProgress: true,
      mostUnderWay: 10,
    }),
  },
  {
    id: 'deadlines',
    title: 'Calls have deadlines of different length, and one of them that progress cannot move',
    options: (more) => ({
      client: client(
        {
          calls: [
            { ...CALL, most: 1 + more },
            { ...CALL, wantsProgress: false, timeoutMs: 100 },
            { ...CALL, maxTotalMs: 60_000 },
            UNDECLARED_CALL,
          ],
        },
        { maxCalls: 2 + more },
      ),
      server: server({ answering: { ...ANSWERING, fairness: 'none', progress: 1 } }, { maxPeerRequests: 2 }),
      faults: { cuts: 1 },
      lateProgress: true,
      mostUnderWay: 10,
    }),
  },
  {
    id: 'both-ways',
    title: 'Both sides call each other, and the channel fails them',
    options: (more) => ({
      client: client({
        calls: [CALL],
        cancels: more,
        closes: 1,
        kills: 1,
        answering: { ...ANSWERING, progress: 1, aborted: true },
      }),
      server: server(
        {
          calls: [ASK],
          cancels: 1,
          notifications: [LOG],
          answering: { ...ANSWERING, errors: true, progress: 1, aborted: true },
        },
        DRAINING,
      ),
      faults: { breaks: 1, cuts: 1 },
      mostUnderWay: 10,
    }),
  },
  {
    id: 'lossy',
    title: 'Messages get lost, come twice and overtake each other',
    options: (more) => ({
      client: client({ calls: [{ ...CALL, most: 2 }], cancels: 1 }),
      server: server({ answering: { ...ANSWERING, progress: more } }),
      faults: { losses: 1, duplicates: 1, swaps: 1 },
      mostUnderWay: 12,
    }),
  },
];
