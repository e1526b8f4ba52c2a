import { type Case, testRules, testStrays } from '../judging.ts';
import {
  call,
  failure,
  idleClient,
  initializeResult,
  negotiatingClient,
  notification,
  openingClient,
  request,
  result,
} from '../played.ts';
import { adding, arming, beginningWith, changing, doubling, nothing, sending, without } from '../spoiling.ts';

const INITIALIZED = notification('notifications/initialized');
const answer = (json: unknown) => ({ type: 'received', json }) as const;

const CASES: readonly Case[] = [
  ['client.handshake.start', 'no channel', idleClient, { type: 'start' }, without('openChannel')],
  [
    'client.handshake.start',
    'no time',
    idleClient,
    { type: 'start' },
    without('arm', ({ name }) => name === 'startup'),
  ],
  ['client.handshake.initialize', 'silence', openingClient, { type: 'opened' }, without('send')],
  ['client.handshake.initialize', 'two of them', openingClient, { type: 'opened' }, doubling('send')],
  [
    'client.handshake.initialize',
    'an older revision',
    openingClient,
    { type: 'opened' },
    changing('send', (effect) => ({
      ...effect,
      message: request(1, 'initialize', { protocolVersion: '2025-03-26', capabilities: {}, clientInfo: {} }),
    })),
  ],
  ['client.handshake.initialize', 'no phase', openingClient, { type: 'opened' }, without('phase')],
  [
    'client.handshake.before-answer',
    'a call',
    negotiatingClient,
    call(1, 'ping'),
    adding(sending(request(9, 'tools/list'))),
  ],
  ['client.handshake.ready', 'silence', negotiatingClient, answer(initializeResult('2025-03-26')), without('send')],
  [
    'client.handshake.ready',
    'another word before it',
    negotiatingClient,
    answer(initializeResult('2025-03-26')),
    beginningWith(sending(request(9, 'tools/list'))),
  ],
  ['client.handshake.ready', 'no phase', negotiatingClient, answer(initializeResult('2025-06-18')), without('phase')],
  [
    'client.handshake.unsupported',
    'staying',
    negotiatingClient,
    answer(initializeResult('2024-11-05')),
    without('closeChannel'),
  ],
  [
    'client.handshake.unsupported',
    'going on',
    negotiatingClient,
    answer(initializeResult('1999-01-01')),
    beginningWith(sending(INITIALIZED)),
  ],
  [
    'client.handshake.unsupported',
    'no word of it',
    negotiatingClient,
    answer(initializeResult('2024-11-05')),
    without('report'),
  ],
  ['client.handshake.refused', 'staying', negotiatingClient, answer(failure(1)), without('closeChannel')],
  [
    'client.handshake.refused',
    'another cause',
    negotiatingClient,
    answer(failure(1)),
    changing('phase', (effect) => ({ ...effect, why: 'asked' })),
  ],
  [
    'client.handshake.refused',
    'no phase',
    negotiatingClient,
    answer(result(1, { capabilities: {} })),
    without('phase'),
  ],
  ['client.handshake.refused', 'no word of it', negotiatingClient, answer(result(1)), without('report')],
  [
    'client.handshake.timed',
    'no time',
    idleClient,
    { type: 'start' },
    without('arm', ({ name }) => name === 'startup'),
  ],
  [
    'client.handshake.timed',
    'a timer that is left',
    negotiatingClient,
    answer(initializeResult('2025-06-18')),
    without('disarm', ({ name }) => name === 'slowStart'),
  ],
  ['client.handshake.slow', 'silence', openingClient, (life) => life.expiry('slowStart'), nothing],
  ['client.handshake.slow', 'more', openingClient, (life) => life.expiry('slowStart'), adding(arming('slowStart'))],
];

testRules(CASES);

testStrays([
  [
    'client.handshake.initialize',
    'one that comes later',
    negotiatingClient,
    call(1, 'ping'),
    adding(sending(request(9, 'initialize'))),
  ],
  ['client.handshake.ready', 'one without an answer', negotiatingClient, call(1, 'ping'), adding(sending(INITIALIZED))],
]);
