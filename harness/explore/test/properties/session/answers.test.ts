import { expect, it } from 'vitest';
import { type Case, testRules, violations } from '../judging.ts';
import {
  call,
  cancelled,
  failure,
  negotiatingClient,
  type Played,
  readyClient,
  readyServer,
  request,
  result,
} from '../played.ts';
import { adding, changing, nothing, only, reporting, sending, settling, without } from '../spoiling.ts';

const open = (): Played => readyClient().feed(call(1, 'tools/call'), undefined);
const both = (): Played => open().feed(call(2, 'tools/list'));
const serverOpen = (): Played => readyServer().feed(call(1, 'roots/list'));
const givenUp = (): Played => open().feed({ type: 'cancel', key: 1 });
const hear = (json: unknown) => ({ type: 'received', json }) as const;
const FIRST = 2;
const broken = { ...result(FIRST), ...failure(FIRST) };

/** It lets a handler finish, and has a call of its own open. */
const finishing = (): Played =>
  readyServer({ drainMs: 100 }).hear(request(7, 'tools/call')).feed(call(1, 'roots/list')).feed({ type: 'close' });

const CASES: readonly Case[] = [
  [
    'client.answers.which-stray',
    'a second answer told as one to nothing',
    () => open().hear(result(FIRST)),
    hear(result(FIRST)),
    only(reporting('unknownAnswer')),
  ],
  [
    'client.answers.which-stray',
    'one to nothing told as a second',
    readyClient,
    hear(result(FIRST)),
    only(reporting('duplicateAnswer')),
  ],
  [
    'client.answers.which-stray',
    'one to 0 told as a second',
    readyClient,
    hear(result(0)),
    only(reporting('duplicateAnswer')),
  ],
  [
    'server.answers.which-stray',
    'one to a text told as a second',
    readyServer,
    hear(result('1')),
    only(reporting('duplicateAnswer')),
  ],
  ['client.answers.malformed', 'no word of it', open, hear(broken), without('report')],
  [
    'client.answers.malformed',
    'a failure that was not sent',
    open,
    hear(broken),
    changing('settle', ({ key }) => ({
      type: 'settle',
      key,
      outcome: { ok: false, kind: 'malformedAnswer', sent: false },
    })),
  ],
  ['server.answers.malformed', 'no word of it', serverOpen, hear({ ...broken, id: 1 }), without('report')],
  ['client.answers.settle', 'no settling', open, hear(result(FIRST)), nothing],
  [
    'client.answers.settle',
    'another call',
    both,
    hear(result(FIRST)),
    changing('settle', (effect) => ({ ...effect, key: 2 })),
  ],
  ['client.answers.settle', 'one more', both, hear(failure(FIRST)), adding(settling(2))],
  ['client.answers.settle', 'a failure for a result', open, hear(result(FIRST)), only(settling(1))],
  [
    'client.answers.settle',
    'a failure of its own for a broken answer',
    open,
    hear(broken),
    changing('settle', () => settling(1)),
  ],
  [
    'client.answers.settle',
    'one of two',
    both,
    hear([result(FIRST), result(FIRST + 1)]),
    without('settle', ({ key }) => key === 2),
  ],
  [
    'client.answers.settle',
    'none where nothing can be written',
    () => open().feed({ type: 'writeFailed' }),
    hear(result(FIRST)),
    nothing,
  ],
  ['server.answers.settle', 'no settling', serverOpen, hear(result(1)), nothing],
  ['client.answers.exact-id', 'settling by a text', open, hear(result(String(FIRST))), adding(settling(1))],
  ['server.answers.exact-id', 'settling by a text', serverOpen, hear(result('1')), adding(settling(1))],
  ['client.answers.late', 'blame', givenUp, hear(result(FIRST)), adding(reporting('duplicateAnswer'))],
  ['client.answers.late', 'settling again', givenUp, hear(result(FIRST)), adding(settling(1))],
  [
    'server.answers.late',
    'blame',
    () => serverOpen().feed({ type: 'cancel', key: 1 }),
    hear(result(1)),
    adding(reporting('duplicateAnswer')),
  ],
  ['client.answers.stray', 'silence', readyClient, hear(result(77)), nothing],
  ['client.answers.stray', 'another word', readyClient, hear(result(77)), only(reporting('garbled'))],
  ['client.answers.stray', 'settling', open, hear(result(77)), adding(settling(1))],
  ['client.answers.stray', 'silence of an error without id', negotiatingClient, hear(failure(null)), nothing],
  ['server.answers.stray', 'silence', readyServer, hear(result(77)), nothing],
];

testRules(CASES);

const told = (): Played => open().hear(request(5, 'ping'));
testRules([
  ['client.answers.settle', 'none after another message', told, hear(result(FIRST)), only(sending(request(9, 'x/y')))],
]);

it('says nothing of calls that settle since the session leaves in that step', () => {
  expect(violations(finishing().hear(cancelled(7)))).toEqual([]);
});
