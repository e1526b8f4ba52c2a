import { type Case, testRules } from '../judging.ts';
import {
  answeredServer,
  closedClient,
  drainingServer,
  leavingClient,
  listeningServer,
  negotiatingClient,
  notification,
  readyClient,
  readyServer,
} from '../played.ts';
import { adding, changing, nothing, only, reporting, sending, without } from '../spoiling.ts';

const ROOTS = 'notifications/roots/list_changed';
const TOOLS = 'notifications/tools/list_changed';
const LOG = 'notifications/message';
const logging = { capabilities: { tools: {}, logging: {} } };
const notify = (method: string, more: object = {}) => ({ type: 'notify', method, ...more }) as const;
const hear = (json: unknown) => ({ type: 'received', json }) as const;
const other = changing('send', (effect) => ({ ...effect, message: notification(ROOTS, { more: 1 }) }));
const otherwise = (change: object) =>
  changing('deliver', (effect) => ({ ...effect, item: { ...effect.item, ...change } }) as typeof effect);

const CASES: readonly Case[] = [
  ['client.notifications.sent', 'silence', readyClient, notify(ROOTS), nothing],
  ['client.notifications.sent', 'other params', readyClient, notify(ROOTS), other],
  ['client.notifications.sent', 'blame', readyClient, notify('x/y'), adding(reporting('notAllowed', 'us'))],
  [
    'client.notifications.sent',
    'one that was not declared',
    readyClient,
    notify(TOOLS),
    only(sending(notification(TOOLS))),
  ],
  [
    'client.notifications.sent',
    'one before the answer',
    negotiatingClient,
    notify(ROOTS),
    only(sending(notification(ROOTS))),
  ],
  ['client.notifications.sent', 'silence about one that may not be', readyClient, notify(TOOLS), nothing],
  [
    'server.notifications.sent',
    'a log message that waits',
    () => answeredServer(logging),
    notify(LOG),
    only(reporting('notAllowed', 'us')),
  ],
  [
    'server.notifications.sent',
    'another before initialized',
    answeredServer,
    notify('x/y'),
    only(sending(notification('x/y'))),
  ],
  [
    'server.notifications.sent',
    'a log message before initialize',
    () => listeningServer(logging),
    notify(LOG),
    only(sending(notification(LOG))),
  ],
  ['client.notifications.too-late', 'blame', leavingClient, notify(ROOTS), adding(reporting('notAllowed', 'us'))],
  ['client.notifications.too-late', 'a word', closedClient, notify(ROOTS), adding(sending(notification(ROOTS)))],
  ['server.notifications.too-late', 'a word', drainingServer, notify(LOG), adding(sending(notification(LOG)))],
  ['client.notifications.delivered', 'silence', readyClient, hear(notification('x/y')), nothing],
  [
    'client.notifications.delivered',
    'other params',
    readyClient,
    hear(notification('x/y', { a: 1 })),
    otherwise({ params: {} }),
  ],
  [
    'client.notifications.delivered',
    'blame for what may be',
    readyClient,
    hear(notification('x/y')),
    adding(reporting('undeclared')),
  ],
  [
    'client.notifications.delivered',
    'silence about what was not declared',
    readyClient,
    hear(notification(TOOLS)),
    without('report'),
  ],
  [
    'client.notifications.delivered',
    'nothing where nothing can be written',
    () => readyClient().feed({ type: 'writeFailed' }),
    hear(notification('x/y')),
    nothing,
  ],
  [
    'server.notifications.delivered',
    'another method',
    readyServer,
    hear(notification('x/y')),
    otherwise({ method: 'x/z' }),
  ],
  [
    'server.notifications.delivered',
    'a delivery before initialize',
    listeningServer,
    hear(notification('x/y')),
    adding({ type: 'deliver', item: { kind: 'notification', method: 'x/y' } }),
  ],
  ['server.notifications.delivered', 'silence before initialize', listeningServer, hear(notification('x/y')), nothing],
];

testRules(CASES);
