import { type Case, testRules } from '../judging.ts';
import {
  call,
  closedClient,
  drainingServer,
  finishingServer,
  leavingClient,
  negotiatingClient,
  notification,
  openingClient,
  type Played,
  readyClient,
  readyServer,
  request,
} from '../played.ts';
import {
  adding,
  changing,
  delaying,
  only,
  reporting,
  type reversing,
  sending,
  settling,
  without,
} from '../spoiling.ts';

const both = (): Played => readyClient().feed(call(1, 'tools/call')).feed(call(2, 'tools/list'));
const serverBoth = (): Played => readyServer().feed(call(1, 'roots/list')).feed(call(2, 'ping'));
const asked = (): Played => readyClient().hear(request(7, 'roots/list'));
const working = (): Played => readyServer().hear(request(7, 'tools/call'));
const hearingOut = (): Played => both().feed({ type: 'writeFailed' });
const exited = (): Played => drainingServer().feed({ type: 'cleanedUp' });
const hear = (json: unknown) => ({ type: 'received', json }) as const;
const as = (why: 'asked' | 'peerEnded' | 'peerGone') => changing('phase', (effect) => ({ ...effect, why }));
const swapped = (effects: Parameters<typeof reversing>[0]) => {
  const settled = effects.filter(({ type }) => type === 'settle').toReversed();
  return effects.map((effect) => (effect.type === 'settle' ? (settled.shift() ?? effect) : effect));
};

const CASES: readonly Case[] = [
  ['client.ending.cause', 'another', readyClient, { type: 'ended' }, as('asked')],
  [
    'client.ending.cause',
    'no cause',
    readyClient,
    { type: 'close' },
    changing('phase', () => ({ type: 'phase', phase: 'closing' })),
  ],
  ['client.ending.cause', 'one that came later', leavingClient, { type: 'gone' }, as('peerGone')],
  ['client.ending.cause', 'a peer that was never there', openingClient, { type: 'gone' }, as('peerGone')],
  [
    'client.ending.cause',
    'another for a time that is up',
    negotiatingClient,
    (life) => life.expiry('startup'),
    as('asked'),
  ],
  ['server.ending.cause', 'another', readyServer, { type: 'signalled', signal: 'SIGINT' }, as('asked')],
  ['server.ending.cause', 'one that came later', drainingServer, { type: 'cleanedUp' }, as('asked')],
  ['client.ending.settles', 'none', both, { type: 'close' }, without('settle')],
  ['client.ending.settles', 'all but one', both, { type: 'gone' }, without('settle', ({ key }) => key === 2)],
  ['client.ending.settles', 'another order', both, { type: 'ended' }, swapped],
  ['client.ending.settles', 'another failure', both, { type: 'ended' }, changing('settle', ({ key }) => settling(key))],
  ['client.ending.settles', 'none after the channel is closed', both, { type: 'kill' }, delaying('settle')],
  ['client.ending.settles', 'none once all is heard', hearingOut, { type: 'ended' }, without('settle')],
  ['server.ending.settles', 'none', serverBoth, { type: 'ended' }, without('settle')],
  ['server.ending.settles', 'another order', serverBoth, { type: 'kill' }, swapped],
  ['client.ending.aborts', 'none', asked, { type: 'close' }, without('abort')],
  ['client.ending.aborts', 'none where nothing can be written', asked, { type: 'writeFailed' }, without('abort')],
  ['server.ending.aborts', 'none', working, { type: 'ended' }, without('abort')],
  ['server.ending.aborts', 'none when time is up', finishingServer, (life) => life.expiry('drain'), without('abort')],
  [
    'client.ending.deaf',
    'a delivery',
    leavingClient,
    hear(notification('x/y')),
    adding({ type: 'deliver', item: { kind: 'notification', method: 'x/y' } }),
  ],
  [
    'client.ending.deaf',
    'blame',
    leavingClient,
    { type: 'garbled', why: 'notJson', text: 'x', bytes: 1 },
    adding(reporting('garbled')),
  ],
  ['server.ending.deaf', 'an answer', drainingServer, hear(request(7, 'ping')), adding(sending(request(7, 'ping')))],
  [
    'server.ending.deaf',
    'another end',
    drainingServer,
    { type: 'ended' },
    adding({ type: 'cleanUp', why: 'peerEnded' }),
  ],
  ['client.ending.mute', 'a word', leavingClient, { type: 'close' }, adding(sending(notification('x/y')))],
  [
    'client.ending.mute',
    'a word where writing fails',
    both,
    { type: 'writeFailed' },
    adding(sending(notification('x/y'))),
  ],
  [
    'client.ending.mute',
    'a word after that',
    hearingOut,
    { type: 'cancel', key: 1 },
    adding(sending(notification('x/y'))),
  ],
  ['server.ending.mute', 'a word', drainingServer, { type: 'cleanedUp' }, adding(sending(notification('x/y')))],
  ['client.ending.silent-after', 'a wish', closedClient, { type: 'kill' }, only({ type: 'closeChannel', mode: 'now' })],
  [
    'client.ending.silent-after',
    'a call that goes out',
    closedClient,
    call(1, 'ping'),
    only(sending(request(3, 'ping'))),
  ],
  [
    'server.ending.silent-after',
    'blame',
    exited,
    { type: 'uncaught', message: 'x' },
    adding(reporting('uncaught', 'us')),
  ],
];

testRules(CASES);
