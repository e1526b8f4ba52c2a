import { type Case, testRules, testStrays } from '../judging.ts';
import {
  cancelled,
  drainingServer,
  finishingServer,
  listeningServer,
  notification,
  type Played,
  readyServer,
  request,
} from '../played.ts';
import { adding, changing, doubling, nothing, without } from '../spoiling.ts';

const working = (): Played => readyServer({ drainMs: 100 }).hear(request(7, 'tools/call'));
const close = { type: 'close' } as const;
const kill = { type: 'kill' } as const;
const signalled = { type: 'signalled', signal: 'SIGHUP' } as const;
const uncaught = { type: 'uncaught', message: 'x' } as const;
const asked = (): Played => readyServer().feed(close);
const told = (): Played => readyServer().feed(signalled);
const cleanUp = { type: 'cleanUp', why: 'peerEnded' } as const;
const withCode = (code: number) => changing('exit', (effect) => ({ ...effect, code }));

const CASES: readonly Case[] = [
  ['server.ending.begins', 'no clean-up', readyServer, { type: 'ended' }, without('cleanUp')],
  ['server.ending.begins', 'staying', listeningServer, signalled, nothing],
  ['server.ending.begins', 'an exit before the clean-up', readyServer, close, adding({ type: 'exit', code: 0 })],
  ['server.ending.begins', 'no phase', readyServer, close, without('phase')],
  ['server.ending.begins', 'no time for handlers', working, { type: 'ended' }, adding({ type: 'abort', key: 1 })],
  ['server.ending.begins', 'time without end for handlers', working, { type: 'ended' }, without('arm')],
  ['server.ending.unreachable', 'time for handlers', working, { type: 'gone' }, without('cleanUp')],
  ['server.ending.unreachable', 'staying', listeningServer, { type: 'writeFailed' }, nothing],
  ['server.ending.unreachable', 'waiting on', finishingServer, { type: 'gone' }, nothing],
  [
    'server.ending.finishes',
    'waiting on',
    finishingServer,
    { type: 'answer', key: 1, answer: { result: {} } },
    without('cleanUp'),
  ],
  [
    'server.ending.finishes',
    'waiting for what is cancelled',
    finishingServer,
    { type: 'received', json: cancelled(7) },
    without('cleanUp'),
  ],
  [
    'server.ending.finishes',
    'waiting when time is up',
    finishingServer,
    (life) => life.expiry('drain'),
    without('cleanUp'),
  ],
  ['server.ending.finishes', 'waiting on a signal', finishingServer, signalled, without('cleanUp')],
  ['server.ending.impatience', 'patience with a second close', asked, close, nothing],
  ['server.ending.impatience', 'patience with a second signal', told, signalled, nothing],
  [
    'server.ending.impatience',
    'the code of another signal',
    told,
    { type: 'signalled', signal: 'SIGINT' },
    withCode(129),
  ],
  ['server.ending.impatience', 'haste at the first close', finishingServer, close, adding({ type: 'exit', code: 143 })],
  [
    'server.ending.impatience',
    'haste at the first signal',
    drainingServer,
    signalled,
    adding({ type: 'exit', code: 129 }),
  ],
  ['server.ending.killed', 'a clean-up', readyServer, kill, adding(cleanUp)],
  ['server.ending.killed', 'staying', listeningServer, kill, nothing],
  ['server.ending.killed', 'the code of a clean exit', drainingServer, kill, withCode(0)],
  ['server.ending.killed', 'an open channel', readyServer, kill, without('closeChannel')],
  ['server.ending.uncaught', 'silence', readyServer, uncaught, without('report')],
  ['server.ending.uncaught', 'another code', finishingServer, uncaught, withCode(143)],
  ['server.ending.uncaught', 'a clean-up', readyServer, uncaught, adding(cleanUp)],
  ['server.ending.uncaught', 'going on', drainingServer, uncaught, without('exit')],
  ['server.ending.cleaned-up', 'staying', drainingServer, { type: 'cleanedUp' }, without('exit')],
  ['server.ending.cleaned-up', 'another code', drainingServer, { type: 'cleanedUp' }, withCode(143)],
  ['server.ending.cleaned-up', 'waiting when time is up', drainingServer, (life) => life.expiry('cleanUp'), nothing],
  [
    'server.ending.cleaned-up',
    'a clean exit when time is up',
    drainingServer,
    (life) => life.expiry('cleanUp'),
    withCode(0),
  ],
  ['server.ending.cleaned-up', 'no time', readyServer, { type: 'ended' }, without('arm')],
  ['server.ending.clean-up-once', 'two', readyServer, { type: 'ended' }, doubling('cleanUp')],
  ['server.ending.clean-up-once', 'another cause', readyServer, signalled, changing('cleanUp', () => cleanUp)],
  ['server.ending.exits-closed', 'no phase', drainingServer, { type: 'cleanedUp' }, without('phase')],
  ['server.ending.exits-closed', 'no exit', readyServer, kill, without('exit')],
];

testRules(CASES);

testStrays([
  ['server.ending.clean-up-once', 'a second one', drainingServer, signalled, adding(cleanUp)],
  ['server.ending.clean-up-once', 'one on a kill', readyServer, kill, adding(cleanUp)],
  [
    'server.ending.finishes',
    'haste',
    finishingServer,
    { type: 'received', json: notification('x/y') },
    adding(cleanUp),
  ],
]);
