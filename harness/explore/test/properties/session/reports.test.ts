import { type Case, testRules } from '../judging.ts';
import { call, openingClient, type Played, readyClient, readyServer, request, result } from '../played.ts';
import { adding, changing, nothing, reporting, sending } from '../spoiling.ts';

const open = (): Played => readyClient().feed(call(1, 'tools/call'));
const hear = (json: unknown) => ({ type: 'received', json }) as const;
const garbled = { type: 'garbled', why: 'notJson', text: 'x', bytes: 1 } as const;
const blaming = (blame: 'us' | 'peer') =>
  changing('report', ({ fault }) => ({ type: 'report', fault: { ...fault, blame } }));
const nowhere = changing('report', ({ fault }) => ({ type: 'report', fault: { ...fault, state: '' } }));

const CASES: readonly Case[] = [
  ['client.reports.blame', 'blame of ourselves for noise', readyClient, garbled, blaming('us')],
  [
    'client.reports.blame',
    'blame of the peer for what we may not send',
    readyClient,
    { type: 'notify', method: 'notifications/tools/list_changed' },
    blaming('peer'),
  ],
  [
    'client.reports.blame',
    'blame of ourselves for a slow start',
    openingClient,
    (life) => life.expiry('slowStart'),
    blaming('us'),
  ],
  [
    'server.reports.blame',
    'blame of the peer for what nobody caught',
    readyServer,
    { type: 'uncaught', message: 'x' },
    blaming('peer'),
  ],
  ['client.reports.blameless', 'blame for an end', readyClient, { type: 'ended' }, adding(reporting('stuck'))],
  ['client.reports.blameless', 'blame for an answer', open, hear(result(2)), adding(reporting('duplicateAnswer'))],
  [
    'client.reports.blameless',
    'blame for a ping',
    readyClient,
    hear(request(7, 'ping')),
    adding(reporting('undeclared')),
  ],
  [
    'server.reports.blameless',
    'blame for a signal',
    readyServer,
    { type: 'signalled', signal: 'SIGINT' },
    adding(reporting('uncaught', 'us')),
  ],
  ['client.reports.garbled', 'silence', readyClient, garbled, nothing],
  ['client.reports.garbled', 'a word to the peer', readyClient, garbled, adding(sending(result(1)))],
  ['client.reports.garbled', 'an end', readyClient, garbled, adding({ type: 'phase', phase: 'closing' })],
  ['server.reports.garbled', 'silence', readyServer, garbled, nothing],
  ['client.reports.where', 'no state', readyClient, garbled, nowhere],
  ['server.reports.where', 'no state', readyServer, garbled, nowhere],
];

testRules(CASES);
