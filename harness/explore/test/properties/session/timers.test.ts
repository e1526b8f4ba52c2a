import { type Case, testRules } from '../judging.ts';
import {
  call,
  closedClient,
  drainingServer,
  idleClient,
  leavingClient,
  openingClient,
  type Played,
  readyClient,
  readyServer,
} from '../played.ts';
import { adding, arming, nothing, without } from '../spoiling.ts';

const open = (): Played => readyClient().feed(call(1, 'tools/call'));
const stale = { type: 'elapsed', name: 'startup', generation: 77, heard: 0 } as const;

const CASES: readonly Case[] = [
  [
    'client.timers.paired',
    'a timer that is armed already',
    openingClient,
    { type: 'ended' },
    adding(arming('closing')),
  ],
  [
    'client.timers.paired',
    'a timer that is not armed',
    idleClient,
    { type: 'start' },
    adding({ type: 'disarm', name: 'pong' }),
  ],
  [
    'server.timers.paired',
    'a timer that is not armed',
    readyServer,
    { type: 'ended' },
    adding({ type: 'disarm', name: 'drain' }),
  ],
  ['client.timers.stale', 'a step', openingClient, stale, adding({ type: 'closeChannel', mode: 'now' })],
  ['server.timers.stale', 'a step', readyServer, { ...stale, name: 'cleanUp' }, adding({ type: 'exit', code: 143 })],
  ['client.timers.felt', 'nothing', openingClient, (life) => life.expiry('startup'), nothing],
  ['client.timers.felt', 'nothing of an open call', open, (life) => life.expiry('calls'), nothing],
  ['server.timers.felt', 'nothing', drainingServer, (life) => life.expiry('cleanUp'), nothing],
  ['client.timers.none-left', 'one that is left', leavingClient, { type: 'gone' }, without('disarm')],
  ['client.timers.none-left', 'one that is new', closedClient, call(1, 'ping'), adding(arming('calls'))],
  ['server.timers.none-left', 'one that is left', drainingServer, { type: 'cleanedUp' }, without('disarm')],
];

testRules(CASES);
