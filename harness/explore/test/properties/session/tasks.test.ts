import { expect, it } from 'vitest';
import { type Case, judge, testRules, testStrays } from '../judging.ts';
import {
  CLIENT,
  call,
  INITIALIZED,
  initialize,
  listeningServer,
  negotiatingClient,
  type Played,
  progress,
  request,
  result,
  SERVER,
} from '../played.ts';
import { adding, changing, nothing, reporting, sending } from '../spoiling.ts';

const NOVEMBER = '2025-11-25';
const tasks = (requests: object) => ({ cancel: {}, requests });
const spoken = { revisions: ['2025-06-18', NOVEMBER] } as const;

function client(serverTasks: object = tasks({ tools: { call: {} } })): Played {
  const capabilities = { tools: {}, tasks: serverTasks };
  const answer = { protocolVersion: NOVEMBER, capabilities, serverInfo: { name: 's', version: '1' } };
  return negotiatingClient({ ...CLIENT, ...spoken }).hear(result(1, answer as never));
}

function server(): Played {
  const { params } = initialize(NOVEMBER);
  const capabilities = { sampling: {}, tasks: tasks({ sampling: { createMessage: {} } }) };
  const offer = request('i', 'initialize', { ...(params as object), capabilities } as never);
  return listeningServer({ ...SERVER, ...spoken }).hear(offer, INITIALIZED);
}

const TASK = { params: { task: {} } };
const created = (id: number) => ({ type: 'received', json: result(id, { task: { taskId: 't' } }) }) as const;
const open = (): Played => client().feed(call(1, 'tools/call', TASK));
const givenUp = (): Played => open().feed({ type: 'cancel', key: 1 });
const withoutCancel = (): Played =>
  client({ requests: { tools: { call: {} } } })
    .feed(call(1, 'tools/call', TASK))
    .feed({ type: 'cancel', key: 1 });
const serverOpen = (): Played => server().feed(call(1, 'sampling/createMessage', TASK));
const serverGivenUp = (): Played => serverOpen().feed({ type: 'cancel', key: 1 });
const another = changing('send', (effect) => ({ ...effect, message: request(3, 'tasks/cancel', { taskId: 'u' }) }));
const FIRST = 2;

const CASES: readonly Case[] = [
  ['client.tasks.cancelled', 'silence', givenUp, created(FIRST), nothing],
  ['client.tasks.cancelled', 'another task', givenUp, created(FIRST), another],
  [
    'client.tasks.cancelled',
    'a cancellation that was not declared',
    withoutCancel,
    created(FIRST),
    adding(sending(request(3, 'tasks/cancel', { taskId: 't' }))),
  ],
  ['server.tasks.cancelled', 'silence', serverGivenUp, created(1), nothing],
  [
    'client.tasks.progress',
    'silence',
    () => open().feed(created(FIRST)),
    { type: 'received', json: progress(FIRST, 1) },
    nothing,
  ],
  [
    'client.tasks.progress',
    'blame',
    () => open().feed(created(FIRST)),
    { type: 'received', json: progress(FIRST, 1) },
    adding(reporting('unknownProgress')),
  ],
  [
    'server.tasks.progress',
    'silence',
    () => serverOpen().feed(created(1)),
    { type: 'received', json: progress(1, 1) },
    nothing,
  ],
  [
    'client.calls.cancel',
    'a notification for a task',
    open,
    { type: 'cancel', key: 1 },
    adding(sending({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: FIRST } })),
  ],
];

testRules(CASES);

it.each([
  ['client.tasks.only-then', givenUp, FIRST],
  ['server.tasks.only-then', serverGivenUp, 1],
] as const)('%s holds of one that was given up', (id, before, wireId) => {
  expect(judge(before().feed(created(wireId)), id)).toEqual({ violation: null, triggered: true });
});

testStrays([
  [
    'client.tasks.only-then',
    'one that nobody gave up',
    open,
    created(FIRST),
    adding(sending(request(3, 'tasks/cancel', { taskId: 't' }))),
  ],
  [
    'server.tasks.only-then',
    'one that nobody gave up',
    serverOpen,
    created(1),
    adding(sending(request(3, 'tasks/cancel', { taskId: 't' }))),
  ],
]);
