import { type Case, testRules, testStrays } from '../judging.ts';
import {
  answeredServer,
  call,
  failure,
  finishingServer,
  INITIALIZED,
  initialize,
  listeningServer,
  readyServer,
  request,
  result,
} from '../played.ts';
import { adding, changing, doubling, nothing, reporting, sending, without } from '../spoiling.ts';

const hear = (json: unknown) => ({ type: 'received', json }) as const;
const inBatch = hear([request(1, 'ping'), initialize('2025-06-18')]);
const delivering = {
  type: 'deliver',
  item: { kind: 'request', key: 9, method: 'initialize', revision: '2025-06-18', wantsProgress: false },
} as const;
const answering = (protocolVersion: string) =>
  changing('send', (effect) => ({
    ...effect,
    message: result('i', { protocolVersion, capabilities: {}, serverInfo: {} }),
  }));

const CASES: readonly Case[] = [
  ['server.handshake.answer', 'silence', listeningServer, hear(initialize('2025-03-26')), without('send')],
  ['server.handshake.answer', 'two answers', listeningServer, hear(initialize('2025-03-26')), doubling('send')],
  ['server.handshake.answer', 'no echo', listeningServer, hear(initialize('2025-03-26')), answering('2025-06-18')],
  [
    'server.handshake.answer',
    'not the newest',
    listeningServer,
    hear(initialize('1999-01-01')),
    answering('2025-03-26'),
  ],
  ['server.handshake.answer', 'no phase', listeningServer, hear(initialize('2025-03-26')), without('phase')],
  [
    'server.handshake.answer',
    'capabilities that it was not given',
    listeningServer,
    hear(initialize('2025-03-26')),
    answering('2025-03-26'),
  ],
  ['server.handshake.malformed', 'no word of it', listeningServer, hear(request(1, 'initialize')), without('report')],
  ['server.handshake.malformed', 'silence', listeningServer, hear(request(1, 'initialize')), without('send')],
  [
    'server.handshake.malformed',
    'going on',
    listeningServer,
    hear(initialize(7)),
    adding({ type: 'phase', phase: 'negotiating' }),
  ],
  ['server.handshake.ready', 'no phase', answeredServer, hear(INITIALIZED), without('phase')],
  ['server.handshake.untimely', 'silence', readyServer, hear(INITIALIZED), without('report')],
  ['server.handshake.untimely', 'a word', listeningServer, hear(INITIALIZED), adding(sending(INITIALIZED))],
  [
    'server.handshake.untimely',
    'blame where it crossed the end',
    finishingServer,
    hear(INITIALIZED),
    adding(reporting('earlyRequest')),
  ],
  [
    'server.handshake.early-request',
    'an answer',
    listeningServer,
    hear(request(1, 'tools/list')),
    changing('send', (effect) => ({ ...effect, message: result(1) })),
  ],
  [
    'server.handshake.early-request',
    'no word of it',
    listeningServer,
    hear(request(1, 'tools/list')),
    without('report'),
  ],
  [
    'server.handshake.second-initialize',
    'no word of it',
    readyServer,
    hear(initialize('2025-06-18')),
    without('report'),
  ],
  [
    'server.handshake.second-initialize',
    'a handler',
    answeredServer,
    hear(initialize('2025-06-18')),
    adding(delivering),
  ],
  [
    'server.handshake.second-initialize',
    'an agreement',
    listeningServer,
    inBatch,
    adding({ type: 'phase', phase: 'negotiating' }),
  ],
  [
    'server.handshake.own-requests',
    'a call',
    answeredServer,
    call(1, 'ping'),
    adding(sending(request(9, 'roots/list'))),
  ],
  ['server.handshake.own-requests', 'a ping', listeningServer, call(1, 'ping'), adding(sending(request(9, 'ping')))],
];

testRules(CASES);

testStrays([
  [
    'server.handshake.ready',
    'ready without initialized',
    answeredServer,
    hear(failure(5)),
    adding({ type: 'phase', phase: 'ready' }),
  ],
  [
    'server.handshake.second-initialize',
    'nothing at all of a second one',
    readyServer,
    hear(initialize('2025-06-18')),
    nothing,
  ],
]);
