import { type Case, testRules } from '../judging.ts';
import {
  answeredServer,
  call,
  closedClient,
  idleClient,
  leavingClient,
  listeningServer,
  negotiatingClient,
  readyClient,
  readyServer,
  request,
} from '../played.ts';
import { adding, changing, nothing, only, sending, settling, without } from '../spoiling.ts';

const closedUnsent = { type: 'settle', key: 1, outcome: { ok: false, kind: 'closed', sent: false } } as const;
const refused = { type: 'settle', key: 1, outcome: { ok: false, kind: 'refused', sent: false } } as const;
const asSent = changing('settle', ({ key }) => ({
  type: 'settle',
  key,
  outcome: { ok: false, kind: 'refused', sent: true },
}));
const withParams = (params: object) =>
  changing('send', (effect) => ({ ...effect, message: request(2, 'tools/call', params as never) }));
const full = () => readyClient({ maxCalls: 1 }).feed(call(1, 'ping'));

const CASES: readonly Case[] = [
  ['client.calls.one-fate', 'neither', readyClient, call(1, 'tools/call'), nothing],
  ['client.calls.one-fate', 'both', readyClient, call(1, 'tools/call'), adding(settling(1))],
  ['server.calls.one-fate', 'two', readyServer, call(1, 'roots/list'), adding(sending(request(9, 'roots/list')))],
  [
    'client.calls.wait',
    'a call before the answer',
    negotiatingClient,
    call(1, 'tools/list'),
    only(sending(request(2, 'tools/list'))),
  ],
  ['client.calls.wait', 'a call before the start', idleClient, call(1, 'tools/list'), nothing],
  ['client.calls.wait', 'a call that settles as sent', leavingClient, call(1, 'tools/list'), only(settling(1))],
  ['client.calls.wait', 'another kind of failure', closedClient, call(1, 'tools/list'), only(closedUnsent)],
  [
    'server.calls.wait',
    'a call before initialized',
    answeredServer,
    call(1, 'roots/list'),
    only(sending(request(1, 'roots/list'))),
  ],
  [
    'server.calls.wait',
    'a ping before initialize',
    listeningServer,
    call(1, 'ping'),
    only(sending(request(1, 'ping'))),
  ],
  ['client.calls.go-out', 'a refusal', readyClient, call(1, 'tools/list'), only(settling(1))],
  ['client.calls.go-out', 'a ping that waits', readyClient, call(1, 'ping'), without('send')],
  ['server.calls.go-out', 'silence', readyServer, call(1, 'roots/list'), without('send')],
  [
    'client.calls.bounded',
    'one more',
    () => readyClient({ maxCalls: 1 }).feed(call(1, 'ping')),
    call(2, 'ping'),
    only(sending(request(3, 'ping'))),
  ],
  [
    'server.calls.bounded',
    'one more',
    () => readyServer({ maxCalls: 1 }).feed(call(1, 'ping')),
    call(2, 'ping'),
    only(sending(request(3, 'ping'))),
  ],
  ['client.calls.one-fate', 'one that settles as sent', negotiatingClient, call(1, 'tools/list'), asSent],
  ['client.calls.go-out', 'a ping that waits for readiness', negotiatingClient, call(1, 'ping'), only(refused)],
  ['server.calls.go-out', 'a ping that waits for initialized', answeredServer, call(1, 'ping'), only(refused)],
  [
    'client.calls.refused',
    'a call for what the server lacks',
    readyClient,
    call(1, 'prompts/list'),
    only(sending(request(2, 'prompts/list'))),
  ],
  [
    'client.calls.refused',
    'a call of another side',
    readyClient,
    call(1, 'roots/list'),
    only(sending(request(2, 'roots/list'))),
  ],
  ['server.calls.refused', 'a call of a later revision', readyServer, call(1, 'tasks/list'), nothing],
  ['client.calls.bounded', 'one that is lost', full, call(2, 'ping'), nothing],
  [
    'client.calls.as-asked',
    'other params',
    readyClient,
    call(1, 'tools/call', { params: { name: 'x' } }),
    withParams({ name: 'y', _meta: { progressToken: 2 } }),
  ],
  ['client.calls.as-asked', 'no token', readyClient, call(1, 'tools/call'), withParams({})],
  [
    'client.calls.as-asked',
    'the token of another',
    readyClient,
    call(1, 'tools/call'),
    withParams({ _meta: { progressToken: 3 } }),
  ],
  [
    'client.calls.as-asked',
    'a token against the wish',
    readyClient,
    call(1, 'tools/call', { wantsProgress: false }),
    withParams({ _meta: { progressToken: 2 } }),
  ],
  [
    'client.calls.as-asked',
    'a token in a ping',
    readyClient,
    call(1, 'ping'),
    only(sending(request(2, 'ping', { _meta: { progressToken: 2 } }))),
  ],
  ['server.calls.as-asked', 'another method', readyServer, call(1, 'roots/list'), only(sending(request(1, 'ping')))],
  [
    'client.calls.new-id',
    'that of an open call',
    () => readyClient().feed(call(1, 'tools/call')),
    call(2, 'tools/call'),
    withParams({ _meta: { progressToken: 2 } }),
  ],
  [
    'server.calls.new-id',
    'that of an open call',
    () => readyServer().feed(call(1, 'ping')),
    call(2, 'ping'),
    only(sending(request(1, 'ping'))),
  ],
];

testRules(CASES);
