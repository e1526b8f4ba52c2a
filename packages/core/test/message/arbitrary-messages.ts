import fc from 'fast-check';
import type { Json, Params } from '../../src/json.ts';

/** Values that a careless reader takes for something else; the names are those of every object's prototype. */
const HOSTILE = [
  undefined,
  null,
  true,
  false,
  0,
  -0,
  1.5,
  -7,
  2 ** 53,
  1e300,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  '',
  '2.0',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  [],
  [1],
  {},
  { method: 'ping' },
  JSON.parse('{"__proto__":{"id":1,"method":"ping"}}'),
] as const;
const NAMES = ['jsonrpc', 'id', 'method', 'params', 'result', 'error'] as const;
const OTHER_NAMES = ['toString', 'constructor', '__proto__', 'extra', '_meta'] as const;

/** Its own type has members that may be undefined, which none is. */
const anyJson = fc.jsonValue() as fc.Arbitrary<Json>;

const anyValue = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...HOSTILE) }, anyJson);

/** An id as the specification allows it. */
export const anyId = fc.oneof(fc.string(), fc.integer(), fc.constantFrom(0, -1, 2 ** 53, '__proto__', ''));

/** Params, a result, or what else is an object of JSON. */
export const anyParams: fc.Arbitrary<Params> = fc.dictionary(
  fc.oneof(fc.string(), fc.constantFrom(...OTHER_NAMES)),
  anyJson,
  {
    noNullPrototype: true,
  },
);

const anyMethod = fc.oneof(fc.constantFrom('ping', 'notifications/progress', '', '__proto__'), fc.string());
const jsonrpc = fc.constant('2.0');
const shape = { noNullPrototype: true };

/** Messages that follow the envelope, by kind. */
export const validMessages = {
  request: fc.record(
    { jsonrpc, id: anyId, method: anyMethod, params: anyParams },
    { ...shape, requiredKeys: ['jsonrpc', 'id', 'method'] },
  ),
  notification: fc.record(
    { jsonrpc, method: anyMethod, params: anyParams },
    { ...shape, requiredKeys: ['jsonrpc', 'method'] },
  ),
  result: fc.record({ jsonrpc, id: anyId, result: anyParams }, shape),
  error: fc.record(
    {
      jsonrpc,
      id: fc.oneof(anyId, fc.constant(null)),
      error: fc.record(
        { code: fc.integer(), message: fc.string(), data: anyJson },
        { ...shape, requiredKeys: ['code', 'message'] },
      ),
    },
    { ...shape, requiredKeys: ['jsonrpc', 'error'] },
  ),
};

const validMessage = fc.oneof(...Object.values(validMessages));

type Mutation = (message: Readonly<Record<string, unknown>>) => Record<string, unknown>;
const setOrDrop = (name: string, value: unknown, drops: boolean): Mutation => {
  return ({ [name]: _, ...rest }) => (drops ? rest : { ...rest, [name]: value });
};
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(fc.constantFrom(...NAMES), anyValue, fc.boolean()).map((args) => setOrDrop(...args)),
  fc.tuple(fc.constantFrom(...OTHER_NAMES), anyValue, fc.constant(false)).map((args) => setOrDrop(...args)),
  // The members of another kind of message on top.
  validMessage.map(
    (other): Mutation =>
      (message) => ({ ...other, ...message }),
  ),
  // Inside the error, where there is one.
  fc.tuple(fc.constantFrom('code', 'message', 'data'), anyValue, fc.boolean()).map(
    ([name, value, drops]): Mutation =>
      (message) => {
        const { error } = message;
        const isObject = typeof error === 'object' && error !== null;
        return isObject ? { ...message, error: setOrDrop(name, value, drops)({ ...error }) } : { ...message };
      },
  ),
);

/** Messages with one or two things changed, most of them no longer valid. */
const nearMessage = fc
  .tuple(validMessage, fc.array(mutation, { minLength: 1, maxLength: 2 }))
  .map(([message, mutations]) => mutations.reduce<Record<string, unknown>>((made, mutate) => mutate(made), message));

/** Anything at all under the names of the envelope. */
const hostileMessage = fc.record(Object.fromEntries(NAMES.map((name) => [name, anyValue])), {
  ...shape,
  requiredKeys: [],
});

/** Valid, nearly valid, and hostile values. */
export const anyMessage: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 2, arbitrary: validMessage },
  { weight: 6, arbitrary: nearMessage },
  { weight: 2, arbitrary: hostileMessage },
  { weight: 1, arbitrary: anyValue },
  { weight: 1, arbitrary: fc.array(validMessage, { maxLength: 3 }) },
);
