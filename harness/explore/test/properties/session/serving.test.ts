import { type Case, testRules, testStrays } from '../judging.ts';
import {
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
import { adding, changing, nothing, only, reporting, sending, without } from '../spoiling.ts';

const MARCH = '2025-03-26';
const hear = (json: unknown) => ({ type: 'received', json }) as const;
const call = hear(request(7, 'tools/call', { name: 'x', _meta: { progressToken: 1 } }));
const ask = hear(request(7, 'roots/list'));
const noise = hear({ jsonrpc: '2.0', id: 7, method: 5 });
const handing = (key: number, method = 'tools/call') =>
  ({ type: 'deliver', item: { kind: 'request', key, method, revision: MARCH, wantsProgress: false } }) as const;
const otherwise = (change: object) =>
  changing('deliver', (effect) => ({ ...effect, item: { ...effect.item, ...change } }) as typeof effect);
const withCode = (code: number) =>
  changing('send', (effect) => ({ ...effect, message: { jsonrpc: '2.0', id: 7, error: { code, message: 'no' } } }));

const fullServer = (): Played => readyServer({ maxPeerRequests: 1 }).hear(request(6, 'x/y'));
const fullClient = (): Played => readyClient({ maxPeerRequests: 1 }).hear(request(6, 'x/y'));
const workingServer = (): Played => readyServer().hear(request(7, 'tools/call'));
const workingClient = (): Played => readyClient().hear(request(7, 'roots/list'));

const batchServer = (): Played => readyServer({}, MARCH);
const batchClient = (): Played => readyClient({}, MARCH);
const pings = hear([request(1, 'ping'), notification('x/y'), request(2, 'ping')]);
/** Two handlers, 2 and 3, and one that is answered at once. */
const openBatch = (): Played => batchServer().hear([request(1, 'x/y'), request(2, 'x/y'), request(3, 'ping')]);
const lastOfBatch = (): Played => openBatch().feed(answerTo(2));
const answerTo = (key: number) => ({ type: 'answer', key, answer: { result: {} } }) as const;

const CASES: readonly Case[] = [
  ['server.serving.handed-on', 'silence', readyServer, call, nothing],
  ['server.serving.handed-on', 'another method', readyServer, call, otherwise({ method: 'tools/list' })],
  ['server.serving.handed-on', 'other params', readyServer, call, otherwise({ params: {} })],
  ['server.serving.handed-on', 'another revision', readyServer, call, otherwise({ revision: MARCH })],
  ['server.serving.handed-on', 'no wish for progress', readyServer, call, otherwise({ wantsProgress: false })],
  ['client.serving.handed-on', 'silence', readyClient, ask, nothing],
  ['client.serving.handed-on', 'silence before the answer', negotiatingClient, ask, without('deliver')],
  ['server.serving.undeclared', 'a handler', readyServer, hear(request(7, 'prompts/list')), adding(handing(1))],
  ['server.serving.undeclared', 'no word of it', readyServer, hear(request(7, 'prompts/list')), without('report')],
  ['server.serving.undeclared', 'another error', readyServer, hear(request(7, 'roots/list')), withCode(-32_600)],
  [
    'client.serving.undeclared',
    'a handler',
    readyClient,
    hear(request(7, 'sampling/createMessage')),
    adding(handing(1)),
  ],
  ['client.serving.undeclared', 'silence', readyClient, hear(request(7, 'initialize')), without('send')],
  ['server.serving.one-too-many', 'another error', fullServer, call, withCode(-32_601)],
  ['server.serving.one-too-many', 'no word of it', fullServer, call, without('report')],
  ['client.serving.one-too-many', 'silence', fullClient, ask, without('send')],
  ['server.serving.no-message', 'no word of it', readyServer, noise, without('report')],
  ['server.serving.no-message', 'silence', listeningServer, noise, without('send')],
  ['client.serving.no-message', 'no word of it', readyClient, hear('what'), nothing],
  ['client.serving.no-message', 'another error', negotiatingClient, noise, withCode(-32_700)],
  ['server.serving.same-id', 'no word of it', workingServer, call, without('report')],
  ['client.serving.same-id', 'no handler', workingClient, ask, without('deliver')],
  ['server.serving.batch', 'answers one by one', batchServer, pings, only(sending(result(1)), sending(result(2)))],
  ['server.serving.batch', 'one answer of two', batchServer, pings, only(sending([result(1)]))],
  ['server.serving.batch', 'silence', batchServer, pings, nothing],
  ['server.serving.batch', 'an empty answer', batchServer, hear([notification('x/y')]), adding(sending([]))],
  [
    'server.serving.batch',
    'an answer that comes too early',
    openBatch,
    answerTo(2),
    adding(sending([result(1), result(3)])),
  ],
  ['server.serving.batch', 'an answer alone', openBatch, answerTo(2), adding(sending(result(1)))],
  ['server.serving.batch', 'an answer that is lost', lastOfBatch, answerTo(3), only(sending([result(2), result(3)]))],
  ['server.serving.batch', 'waiting for what is cancelled', lastOfBatch, hear(cancelled(2)), without('send')],
  [
    'server.serving.batch',
    'answering what is cancelled',
    lastOfBatch,
    hear(cancelled(2)),
    (effects) => [...without('send')(effects), sending([result(1), failure(2), result(3)])],
  ],
  ['client.serving.batch', 'silence', batchClient, pings, nothing],
  ['server.serving.bad-batch', 'silence', readyServer, pings, without('report')],
  ['server.serving.bad-batch', 'silence about an empty one', batchServer, hear([]), nothing],
  [
    'server.serving.bad-batch',
    'silence about its length',
    () => readyServer({ maxBatch: 2 }, MARCH),
    pings,
    only(reporting('batch')),
  ],
  ['server.serving.bad-batch', 'a handler', readyServer, hear([request(1, 'x/y')]), adding(handing(1, 'x/y'))],
  ['client.serving.bad-batch', 'silence', readyClient, pings, without('report')],
  ['server.serving.leaving', 'a handler', finishingServer, hear(request(8, 'tools/call')), adding(handing(2))],
  [
    'client.serving.leaving',
    'a handler',
    () => readyClient().feed({ type: 'writeFailed' }),
    ask,
    adding(handing(2, 'roots/list')),
  ],
];

testRules(CASES);

testStrays([
  ['server.serving.bad-batch', 'blame for a batch that may be', batchServer, pings, adding(reporting('batch'))],
  [
    'server.serving.same-id',
    'blame for an id that is free',
    readyServer,
    call,
    adding(reporting('duplicateRequestId')),
  ],
]);
