import { type Case, testRules, testStrays } from '../judging.ts';
import {
  answeredServer,
  call,
  INITIALIZED,
  initializeResult,
  negotiatingClient,
  notification,
  type Played,
  readyClient,
  readyServer,
  request,
  WATCHING,
} from '../played.ts';
import { adding, arming, nothing, reporting, sending, without } from '../spoiling.ts';

const watching = (): Played => readyClient(WATCHING);
const pinging = (): Played => {
  const life = watching();
  return life.feed(life.expiry('keepalive'));
};
const missed = (): Played => {
  const life = pinging();
  return life.feed(life.expiry('pong'));
};
const busy = (): Played => pinging().feed(call(1, 'tools/call'));
const serverPinging = (): Played => {
  const life = readyServer(WATCHING);
  return life.feed(life.expiry('keepalive'));
};
const hear = (json: unknown) => ({ type: 'received', json }) as const;
const ping = sending(request(9, 'ping'));

const CASES: readonly Case[] = [
  [
    'client.keepalive.off',
    'a timer',
    negotiatingClient,
    hear(initializeResult('2025-06-18')),
    adding(arming('keepalive')),
  ],
  ['client.keepalive.off', 'a ping', readyClient, hear(notification('x/y')), adding(ping)],
  ['server.keepalive.off', 'a timer', answeredServer, hear(INITIALIZED), adding(arming('pong'))],
  [
    'client.keepalive.watches',
    'no timer',
    () => negotiatingClient(WATCHING),
    hear(initializeResult('2025-06-18')),
    without('arm'),
  ],
  ['client.keepalive.watches', 'both timers', watching, hear(notification('x/y')), adding(arming('pong'))],
  ['server.keepalive.watches', 'no timer', () => answeredServer(WATCHING), hear(INITIALIZED), without('arm')],
  ['client.keepalive.asks', 'silence', watching, (life) => life.expiry('keepalive'), without('send')],
  ['client.keepalive.asks', 'no wait for the pong', watching, (life) => life.expiry('keepalive'), without('arm')],
  [
    'client.keepalive.asks',
    'a ping though something was heard',
    watching,
    (life) => life.expiry('keepalive', 999),
    adding(ping),
  ],
  [
    'client.keepalive.asks',
    'a ping of a busy peer',
    () => watching().feed(call(1, 'tools/call')),
    (life) => life.expiry('keepalive'),
    adding(ping),
  ],
  [
    'server.keepalive.asks',
    'silence',
    () => readyServer(WATCHING),
    (life) => life.expiry('keepalive'),
    without('send'),
  ],
  ['client.keepalive.misses', 'no word of it', pinging, (life) => life.expiry('pong'), without('report')],
  ['client.keepalive.misses', 'no new ping', pinging, (life) => life.expiry('pong'), without('send')],
  ['client.keepalive.misses', 'going on for ever', missed, (life) => life.expiry('pong'), without('phase')],
  ['server.keepalive.misses', 'no new ping', serverPinging, (life) => life.expiry('pong'), without('send')],
  ['client.keepalive.busy', 'blame', busy, (life) => life.expiry('pong'), adding(reporting('missedPong'))],
  ['client.keepalive.busy', 'nobody who watches on', busy, (life) => life.expiry('pong'), without('arm')],
  [
    'server.keepalive.busy',
    'blame',
    () => serverPinging().feed(call(1, 'roots/list')),
    (life) => life.expiry('pong'),
    adding(reporting('missedPong')),
  ],
  ['client.keepalive.life', 'waiting on', pinging, hear(notification('x/y')), without('disarm')],
  [
    'client.keepalive.life',
    'waiting on after noise',
    pinging,
    { type: 'garbled', why: 'notJson', text: 'x', bytes: 1 },
    nothing,
  ],
  ['server.keepalive.life', 'waiting on', serverPinging, hear(notification('x/y')), nothing],
];

testRules(CASES);

testStrays([
  ['client.keepalive.only-then', 'a ping of its own', watching, hear(notification('x/y')), adding(ping)],
  [
    'server.keepalive.only-then',
    'a ping of its own',
    () => readyServer(WATCHING),
    hear(notification('x/y')),
    adding(ping),
  ],
]);
