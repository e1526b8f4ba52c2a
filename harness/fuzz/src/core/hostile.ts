import type { Json } from '@mcp-lifeline/core';
import { REVISIONS } from '@mcp-lifeline/core/revision';
import fc from 'fast-check';
import type { Move, Saying } from './case.js';

/** Names that every object inherits, or that change what it inherits from. */
export const PROTOTYPE_NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'then'] as const;

/** Ids that meet those that are in use, and ids of every type that JSON has. */
const ids: fc.Arbitrary<Json> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom<Json>(1, 2, 3, 4, 5, 6) },
  { weight: 3, arbitrary: fc.constantFrom<Json>('1', '2', 'init', '', ...PROTOTYPE_NAMES) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Json>(0, -1, 1e300, 2 ** 53, 2 ** 53 + 2, -1e-300, 1.5, 5e-324, 'NaN', '1e999'),
  },
  { weight: 1, arbitrary: fc.constantFrom<Json>(null, true, [], [1], {}, { toString: 1 }, '\ud800', '\u0000') },
);

const tokens: fc.Arbitrary<Json> = fc.oneof(
  { weight: 1, arbitrary: fc.constant<Json>(null) },
  { weight: 2, arbitrary: ids },
);

const METHODS = [
  ...['tools/call', 'roots/list', 'sampling/createMessage', 'x/custom', 'x/custom', 'x/custom', 'ping', 'initialize'],
  ...PROTOTYPE_NAMES,
];
const NOTIFICATIONS = [
  'notifications/message',
  'notifications/roots/list_changed',
  'x/told',
  'ping',
  ...PROTOTYPE_NAMES,
];

/** Any JSON value, with names of prototypes among the keys. */
const anyJson: fc.Arbitrary<Json> = fc
  .anything({
    maxDepth: 3,
    maxKeys: 4,
    key: fc.oneof(
      fc.constantFrom('jsonrpc', 'id', 'method', 'params', 'result', 'error', ...PROTOTYPE_NAMES),
      fc.string(),
    ),
    values: [
      fc.boolean(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.string(),
      fc.constant(null),
      fc.integer(),
    ],
  })
  .map((value) => JSON.parse(JSON.stringify(value) ?? 'null') as Json);

/** What looks like a message, with one member of it replaced by anything. */
const nearMessages: fc.Arbitrary<Json> = fc
  .tuple(
    fc.constantFrom<Readonly<Record<string, Json>>>(
      { jsonrpc: '2.0', id: 1, method: 'x/custom', params: {} },
      { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } },
      { jsonrpc: '2.0', method: 'notifications/progress', params: { progressToken: 1, progress: 1 } },
      { jsonrpc: '2.0', id: 2, result: {} },
      { jsonrpc: '2.0', id: 2, error: { code: 1, message: 'no' } },
    ),
    fc.constantFrom('jsonrpc', 'id', 'method', 'params', 'result', 'error', '__proto__'),
    fc.oneof(ids, anyJson),
  )
  // As JSON.parse makes it: `__proto__` is a member like any other.
  .map(([message, name, value]) => Object.fromEntries([...Object.entries(message), [name, value]]));

/** What a peer that keeps no rule may come up with. */
export const sayings: fc.Arbitrary<Saying> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      as: fc.constant('answer' as const),
      nth: fc.nat(4),
      how: fc.constantFrom('result', 'result', 'error', 'task', 'malformed', 'both', 'asText', 'idless'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      as: fc.constant('progress' as const),
      nth: fc.nat(4),
      progress: fc.constantFrom(-1, 0, 0.5, 1, 2, 3),
      asText: fc.nat(7).map((drawn) => drawn === 1),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      as: fc.constant('request' as const),
      id: ids,
      method: fc.constantFrom(...METHODS),
      token: tokens,
    }),
  },
  { weight: 2, arbitrary: fc.record({ as: fc.constant('cancel' as const), id: ids }) },
  {
    weight: 2,
    arbitrary: fc.record({ as: fc.constant('notification' as const), method: fc.constantFrom(...NOTIFICATIONS) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      as: fc.constant('handshake' as const),
      version: fc.constantFrom(...REVISIONS, '1.0.0', ''),
      isSound: fc.constantFrom(true, true, true, false),
    }),
  },
  { weight: 1, arbitrary: fc.constant<Saying>({ as: 'initialized' }) },
  { weight: 2, arbitrary: fc.record({ as: fc.constant('value' as const), json: nearMessages }) },
  { weight: 1, arbitrary: fc.record({ as: fc.constant('value' as const), json: anyJson }) },
  { weight: 1, arbitrary: fc.constantFrom<Saying>(...(['undefined', 'nan', 'function', 'holes'] as const).map(odd)) },
);

function odd(what: Extract<Saying, { readonly as: 'odd' }>['what']): Saying {
  return { as: 'odd', what };
}

const texts = [
  ...[
    '\n',
    '\r\n',
    ' \n',
    '{"jsonrpc":"2.0","id":1,"method":"x/cus',
    'tom"}\n',
    'NaN\n',
    '[[[[[[',
    ']]]]]]\n',
    '"\\ud800"\n',
  ],
  ...['{"__proto__":{"jsonrpc":"2.0"},"id":1}\n', '1e999\n', '-0\n', '[]\n', '[[]]\n', 'undefined\n', '\ufeff{}\n'],
  `${'['.repeat(2_000)}${']'.repeat(2_000)}\n`,
  `"${'x'.repeat(5_000)}"\n`,
];

/** Lines that are no messages, halves of lines, and bytes that are no UTF-8. */
export const strayBytes: fc.Arbitrary<Move> = fc
  .oneof(
    fc.constantFrom(...texts).map((text) => Buffer.from(text, 'utf8')),
    fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes)),
  )
  .map((bytes) => ({ type: 'speakBytes', hex: bytes.toString('hex') }));
