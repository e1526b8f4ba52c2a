import { type Case, testRules, testStrays } from '../judging.ts';
import { call, type Played, progress, readyClient, readyServer } from '../played.ts';
import { adding, changing, delaying, only, sending, settling, without } from '../spoiling.ts';

const open = (): Played => readyClient().feed(call(1, 'tools/call'));
const serverOpen = (): Played => readyServer().feed(call(1, 'roots/list'));
const task = { params: { task: {} } };
const openTask = (): Played => readyClient().feed(call(1, 'tools/call', task));
const deaf = (): Played => open().feed({ type: 'writeFailed' });
const cancel = { type: 'cancel', key: 1 } as const;

const CASES: readonly Case[] = [
  [
    'client.calls.cancel',
    'another reason',
    open,
    { ...cancel, reason: 'tired' },
    changing('send', (effect) => ({
      ...effect,
      message: { method: 'notifications/cancelled', params: { requestId: 2 } },
    })),
  ],
  [
    'client.calls.time-out',
    'a failure that was not sent',
    open,
    (life) => life.expiry('calls'),
    changing('settle', ({ key }) => ({ type: 'settle', key, outcome: { ok: false, kind: 'timeout', sent: false } })),
  ],
  ['client.calls.settle-once', 'another call that settles', open, cancel, adding(settling(2))],
  ['client.calls.settle-once', 'the same one again', open, cancel, adding(settling(1, 'cancelled'))],
  ['server.calls.settle-once', 'another call that settles', serverOpen, cancel, adding(settling(2))],
  ['client.calls.cancel', 'no settling', open, cancel, without('settle')],
  ['client.calls.cancel', 'no word to the peer', open, cancel, without('send')],
  ['client.calls.cancel', 'a word that comes later', open, cancel, delaying('send')],
  [
    'client.calls.cancel',
    'the id of another',
    open,
    cancel,
    changing('send', (effect) => ({
      ...effect,
      message: { method: 'notifications/cancelled', params: { requestId: 1 } },
    })),
  ],
  ['client.calls.cancel', 'another failure', open, cancel, changing('settle', () => settling(1))],
  [
    'client.calls.cancel',
    'a word where none can be written',
    deaf,
    cancel,
    adding(sending({ method: 'notifications/cancelled', params: { requestId: 2 } })),
  ],
  ['client.calls.cancel', 'anything at all for what is not open', readyClient, cancel, only(settling(1, 'cancelled'))],
  ['client.calls.cancel', 'no settling of a task', openTask, cancel, without('settle')],
  ['server.calls.cancel', 'no word to the peer', serverOpen, cancel, without('send')],
  ['client.calls.time-out', 'no word to the peer', open, (life) => life.expiry('calls'), without('send')],
  ['client.calls.time-out', 'a word that comes later', open, (life) => life.expiry('calls'), delaying('send')],
  ['server.calls.time-out', 'no word to the peer', serverOpen, (life) => life.expiry('calls'), without('send')],
  ['client.calls.watched', 'no timer', readyClient, call(1, 'ping'), without('arm')],
  [
    'client.calls.watched',
    'no timer any more',
    open,
    { type: 'received', json: progress(2, 1) },
    adding({ type: 'disarm', name: 'calls' }),
  ],
  ['server.calls.watched', 'no timer', readyServer, call(1, 'ping'), without('arm')],
];

testRules(CASES);

testStrays([
  [
    'client.calls.time-out',
    'a time-out without a timer',
    open,
    { type: 'notify', method: 'x/y' },
    adding(settling(1, 'timeout')),
  ],
]);
