import { type Case, testRules, testStrays } from '../judging.ts';
import {
  call,
  idleClient,
  leavingClient,
  negotiatingClient,
  openingClient,
  type Played,
  readyClient,
  result,
} from '../played.ts';
import { adding, changing, nothing, settling, without } from '../spoiling.ts';

const open = (): Played => readyClient().feed(call(1, 'tools/call'));
const hearingOut = (): Played => open().feed({ type: 'writeFailed' });
const asked = (): Played => readyClient().feed({ type: 'close' });
const forced = (): Played => asked().feed({ type: 'kill' });
const close = { type: 'close' } as const;
const closing = (mode: 'graceful' | 'now') => ({ type: 'closeChannel', mode }) as const;
const now = changing('closeChannel', () => closing('now'));
const gracefully = changing('closeChannel', () => closing('graceful'));

const CASES: readonly Case[] = [
  ['client.ending.begins', 'a channel that stays', readyClient, { type: 'ended' }, without('closeChannel')],
  ['client.ending.begins', 'a channel that is killed', negotiatingClient, close, now],
  ['client.ending.begins', 'a channel that is not killed', openingClient, { type: 'kill' }, gracefully],
  ['client.ending.begins', 'no phase', openingClient, { type: 'writeFailed' }, without('phase')],
  ['client.ending.begins', 'patience when time is up', openingClient, (life) => life.expiry('startup'), nothing],
  ['client.ending.hears-out', 'leaving at once', open, { type: 'writeFailed' }, adding(closing('graceful'))],
  ['client.ending.hears-out', 'settling at once', open, { type: 'writeFailed' }, adding(settling(1))],
  ['client.ending.hears-out', 'no time', negotiatingClient, { type: 'writeFailed' }, without('arm')],
  ['client.ending.hears-out', 'going on', readyClient, { type: 'writeFailed' }, nothing],
  ['client.ending.heard-out', 'staying', hearingOut, { type: 'ended' }, nothing],
  [
    'client.ending.heard-out',
    'staying when time is up',
    hearingOut,
    (life) => life.expiry('hearOut'),
    without('closeChannel'),
  ],
  ['client.ending.heard-out', 'staying when it is asked', hearingOut, close, without('closeChannel')],
  ['client.ending.heard-out', 'patience', hearingOut, { type: 'kill' }, gracefully],
  ['client.ending.gone', 'waiting', readyClient, { type: 'gone' }, nothing],
  ['client.ending.gone', 'closing what is gone', openingClient, { type: 'gone' }, adding(closing('now'))],
  ['client.ending.gone', 'waiting on', leavingClient, { type: 'gone' }, without('phase')],
  ['client.ending.never-began', 'an opened channel', idleClient, close, adding({ type: 'openChannel' })],
  ['client.ending.never-began', 'silence', idleClient, { type: 'kill' }, nothing],
  ['client.ending.second-close', 'patience', asked, close, nothing],
  ['client.ending.second-close', 'patience with a kill', leavingClient, { type: 'kill' }, nothing],
  ['client.ending.second-close', 'haste at the first', leavingClient, close, adding(closing('now'))],
  ['client.ending.second-close', 'a third', forced, close, adding(closing('now'))],
  ['client.ending.timed', 'no time', readyClient, { type: 'ended' }, without('arm')],
  ['client.ending.timed', 'no time any more', asked, close, adding({ type: 'disarm', name: 'closing' })],
  ['client.ending.stuck', 'waiting on', leavingClient, (life) => life.expiry('closing'), without('phase')],
  ['client.ending.stuck', 'no word of it', leavingClient, (life) => life.expiry('closing'), without('report')],
  [
    'client.ending.stuck',
    'a channel that lives on',
    leavingClient,
    (life) => life.expiry('closing'),
    without('closeChannel'),
  ],
  ['client.ending.stuck', 'a second kill', forced, (life) => life.expiry('closing'), adding(closing('now'))],
];

testRules(CASES);

testStrays([
  [
    'client.ending.heard-out',
    'leaving before all is heard',
    hearingOut,
    { type: 'received', json: result(2) },
    adding(closing('graceful')),
  ],
]);
