import { type Case, testRules, testStrays } from '../judging.ts';
import {
  answeredServer,
  cancelled,
  failure,
  finishingServer,
  listeningServer,
  negotiatingClient,
  notification,
  type Played,
  readyClient,
  readyServer,
  request,
  result,
} from '../played.ts';
import { adding, changing, nothing, only, sending, without } from '../spoiling.ts';

const working = (): Played => readyServer().hear(request(7, 'tools/call'));
const asked = (): Played => readyClient().hear(request(7, 'roots/list'));
const hear = (json: unknown) => ({ type: 'received', json }) as const;
const answer = { type: 'answer', key: 1, answer: { result: {} } } as const;
const another = {
  type: 'deliver',
  item: { kind: 'request', key: 9, method: 'tools/call', revision: '2025-06-18', wantsProgress: false },
} as const;

const CASES: readonly Case[] = [
  ['server.requests.taken', 'neither', readyServer, hear(request(7, 'tools/call')), nothing],
  ['server.requests.taken', 'both', readyServer, hear(request(7, 'tools/call')), adding(sending(result(7)))],
  [
    'server.requests.taken',
    'silence to what is not declared',
    readyServer,
    hear(request(7, 'prompts/list')),
    without('send'),
  ],
  ['client.requests.taken', 'neither', readyClient, hear(request(7, 'roots/list')), nothing],
  ['server.requests.ping', 'silence', listeningServer, hear(request(7, 'ping')), nothing],
  ['server.requests.ping', 'an error', finishingServer, hear(request('p', 'ping')), only(sending(failure('p')))],
  [
    'server.requests.ping',
    'a full result',
    answeredServer,
    hear(request(7, 'ping')),
    only(sending(result(7, { more: 1 }))),
  ],
  ['client.requests.ping', 'silence', negotiatingClient, hear(request(7, 'ping')), nothing],
  ['server.requests.answered-once', 'one more', working, answer, adding(sending(result(7)))],
  ['server.requests.answered-once', 'another id', working, answer, only(sending(result('7')))],
  ['client.requests.answered-once', 'one more', asked, answer, adding(sending(result(7)))],
  [
    'server.requests.answered-once',
    'one more in a batch',
    () =>
      readyServer({}, '2025-03-26')
        .hear([request(7, 'tools/call'), request(8, 'tools/call')])
        .feed({ ...answer, key: 2 }),
    { type: 'answer', key: 3, answer: { result: {} } },
    adding(sending([result(8)])),
  ],
  ['server.requests.answer', 'silence', working, answer, nothing],
  [
    'server.requests.answer',
    'an error for a result',
    working,
    answer,
    changing('send', (effect) => ({ ...effect, message: failure(7) })),
  ],
  [
    'server.requests.answer',
    'a word for nobody',
    () => working().hear(cancelled(7)),
    answer,
    adding(sending(result(7))),
  ],
  ['client.requests.answer', 'silence', asked, answer, nothing],
  ['server.requests.cancelled', 'no abort', working, hear(cancelled(7)), nothing],
  ['server.requests.cancelled', 'an answer', working, hear(cancelled(7)), adding(sending(failure(7)))],
  [
    'server.requests.cancelled',
    'an abort of another',
    working,
    hear(cancelled('7')),
    adding({ type: 'abort', key: 1 }),
  ],
  ['client.requests.cancelled', 'no abort', asked, hear(cancelled(7)), nothing],
  [
    'server.requests.aborted-once',
    'one that does not work',
    working,
    hear(cancelled(7)),
    adding({ type: 'abort', key: 5 }),
  ],
  ['client.requests.aborted-once', 'the same one again', asked, hear(cancelled(7)), adding({ type: 'abort', key: 1 })],
  [
    'server.requests.bounded',
    'one more',
    () => readyServer({ maxPeerRequests: 1 }),
    hear(request(7, 'tools/call')),
    adding(another),
  ],
  [
    'client.requests.bounded',
    'one more',
    () => readyClient({ maxPeerRequests: 1 }),
    hear(request(7, 'x/y')),
    adding(another),
  ],
];

testRules(CASES);

testStrays([
  [
    'server.requests.answered-once',
    'a word to nobody',
    readyServer,
    hear(notification('x/y')),
    adding(sending(result(3))),
  ],
  [
    'client.requests.aborted-once',
    'an abort of nobody',
    readyClient,
    hear(notification('x/y')),
    adding({ type: 'abort', key: 1 }),
  ],
]);
