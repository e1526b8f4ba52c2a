import { type Case, testRules, testStrays } from '../judging.ts';
import {
  call,
  drainingServer,
  idleClient,
  initializeResult,
  leavingClient,
  negotiatingClient,
  notification,
  openingClient,
  type Played,
  readyClient,
  readyServer,
  request,
  WATCHING,
} from '../played.ts';
import { adding, delaying, doubling, reversing, sending } from '../spoiling.ts';

const open = (): Played => readyClient().feed(call(1, 'tools/call'));
const working = (): Played => readyServer().hear(request(7, 'tools/call')).feed(call(1, 'roots/list'));
const hear = (json: unknown) => ({ type: 'received', json }) as const;
const phase = { type: 'phase', phase: 'closed' } as const;

const CASES: readonly Case[] = [
  [
    'client.order.once',
    'two messages',
    () => negotiatingClient(WATCHING),
    hear(initializeResult('2025-06-18')),
    doubling('send'),
  ],
  ['client.order.once', 'two settlings', open, { type: 'close' }, doubling('settle')],
  ['client.order.once', 'two armings', idleClient, { type: 'start' }, doubling('arm')],
  ['server.order.once', 'two exits', drainingServer, { type: 'cleanedUp' }, doubling('exit')],
  ['server.order.once', 'two aborts', working, { type: 'ended' }, doubling('abort')],
  [
    'client.order.timers',
    'a timer that is armed first',
    openingClient,
    (life) => life.expiry('startup'),
    adding({ type: 'disarm', name: 'closing' }),
  ],
  [
    'server.order.timers',
    'a timer that is armed first',
    readyServer,
    { type: 'ended' },
    adding({ type: 'disarm', name: 'cleanUp' }),
  ],
  ['client.order.end', 'settling last', open, { type: 'close' }, delaying('settle')],
  ['client.order.end', 'the phase first', open, { type: 'ended' }, delaying('closeChannel')],
  ['client.order.end', 'a message behind it', open, { type: 'ended' }, adding(sending(notification('x/y')))],
  ['server.order.end', 'aborts after the clean-up', working, { type: 'ended' }, delaying('abort')],
  ['server.order.end', 'settling after the channel is closed', working, { type: 'kill' }, delaying('settle')],
  [
    'client.order.last',
    'something behind the end',
    leavingClient,
    { type: 'gone' },
    adding({ type: 'closeChannel', mode: 'now' }),
  ],
  ['server.order.last', 'an exit that is not the last', drainingServer, { type: 'cleanedUp' }, reversing],
  ['client.order.channel', 'a second opening', idleClient, { type: 'start' }, doubling('openChannel')],
  [
    'client.order.channel',
    'a second close',
    readyClient,
    { type: 'ended' },
    adding({ type: 'closeChannel', mode: 'graceful' }),
  ],
  ['server.order.channel', 'a second close', drainingServer, { type: 'cleanedUp' }, doubling('closeChannel')],
];

testRules(CASES);

testStrays([
  [
    'client.order.channel',
    'closing what was never opened',
    idleClient,
    { type: 'close' },
    adding({ type: 'closeChannel', mode: 'graceful' }),
  ],
  [
    'client.order.last',
    'something behind the end of what never began',
    idleClient,
    { type: 'close' },
    adding(phase, sending(notification('x/y'))),
  ],
]);
