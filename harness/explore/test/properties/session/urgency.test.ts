import { type Case, testRules } from '../judging.ts';
import { call, negotiatingClient, type Played, readyClient, readyServer, request } from '../played.ts';
import { changing } from '../spoiling.ts';

const urgently = (urgent: boolean) => changing('send', (effect) => ({ ...effect, urgent }));
const ping = { type: 'received', json: request(7, 'ping') } as const;
const open = (): Played => readyClient().feed(call(1, 'tools/call'));

const CASES: readonly Case[] = [
  ['client.sending.urgent', 'a call that passes others', readyClient, call(1, 'tools/call'), urgently(true)],
  ['client.sending.urgent', 'a ping that waits', readyClient, call(1, 'ping'), urgently(false)],
  ['client.sending.urgent', 'a cancellation that waits', open, { type: 'cancel', key: 1 }, urgently(false)],
  ['client.sending.urgent', 'an answer that waits', negotiatingClient, ping, urgently(false)],
  ['server.sending.urgent', 'a call that passes others', readyServer, call(1, 'roots/list'), urgently(true)],
  [
    'server.sending.urgent',
    'a notification that passes others',
    readyServer,
    { type: 'notify', method: 'x/y' },
    urgently(true),
  ],
];

testRules(CASES);
