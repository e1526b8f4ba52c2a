import { type Case, testRules, testStrays } from '../judging.ts';
import {
  call,
  negotiatingClient,
  notification,
  type Played,
  progress,
  readyClient,
  readyServer,
  request,
} from '../played.ts';
import { adding, changing, nothing, reporting, without } from '../spoiling.ts';

const open = (): Played => readyClient().feed(call(1, 'tools/call'));
const silent = (): Played => readyClient().feed(call(1, 'tools/call', { wantsProgress: false }));
const told = (): Played => open().hear(progress(FIRST, 3));
const givenUp = (): Played => open().feed({ type: 'cancel', key: 1 });
const working = (): Played =>
  readyServer()
    .hear(request(7, 'tools/call', { _meta: { progressToken: 't' } }))
    .feed(telling(2));
const hear = (json: unknown) => ({ type: 'received', json }) as const;
const telling = (more: number) => ({ type: 'progress', key: 1, progress: more }) as const;
const FIRST = 2;

const CASES: readonly Case[] = [
  ['client.faults.progress', 'silence about that of nobody', readyClient, hear(progress(77, 1)), nothing],
  ['client.faults.progress', 'silence about what nobody asked for', silent, hear(progress(FIRST, 1)), nothing],
  ['client.faults.progress', 'silence about what does not grow', told, hear(progress(FIRST, 3)), without('report')],
  ['client.faults.progress', 'silence about what goes back', told, hear(progress(FIRST, 2)), without('report')],
  [
    'client.faults.progress',
    'silence about what says nothing',
    open,
    hear(notification('notifications/progress')),
    nothing,
  ],
  [
    'client.faults.progress',
    'blame for what grows',
    told,
    hear(progress(FIRST, 4)),
    adding(reporting('progressNotIncreasing')),
  ],
  [
    'client.faults.progress',
    'blame for what crossed',
    givenUp,
    hear(progress(FIRST, 1)),
    adding(reporting('unknownProgress')),
  ],
  ['server.faults.progress', 'silence about that of nobody', readyServer, hear(progress('x', 1)), nothing],
  ['server.faults.own-progress', 'silence', working, telling(2), without('report')],
  [
    'server.faults.own-progress',
    'blame of the peer',
    working,
    telling(1),
    changing('report', ({ fault }) => ({ type: 'report', fault: { ...fault, blame: 'peer' } })),
  ],
  [
    'server.faults.own-progress',
    'blame for what grows',
    working,
    telling(3),
    adding(reporting('progressNotIncreasing', 'us')),
  ],
  [
    'client.faults.own-progress',
    'blame for nothing',
    readyClient,
    telling(3),
    adding(reporting('progressNotIncreasing', 'us')),
  ],
  ['client.faults.early-request', 'silence', negotiatingClient, hear(request(7, 'roots/list')), without('report')],
];

testRules(CASES);

testStrays([
  [
    'client.faults.early-request',
    'blame for one in its time',
    readyClient,
    hear(request(7, 'roots/list')),
    adding(reporting('earlyRequest')),
  ],
]);
