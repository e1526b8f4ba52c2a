import { describe, expect, test } from 'vitest';
import { isRequestId, readMessage } from '../../src/message.ts';

/** What `JSON.parse` makes of the members of a message, with `jsonrpc` before them. */
const read = (members: string) => readMessage(JSON.parse(`{"jsonrpc":"2.0",${members}}`));
const invalid = { kind: 'invalid', why: expect.any(String), id: null, answers: null };

describe('a message', () => {
  test('with a method and an id is a request', () => {
    expect(read('"id":7,"method":"tools/call","params":{"name":"add"}')).toEqual({
      kind: 'request',
      id: 7,
      method: 'tools/call',
      params: { name: 'add' },
    });
  });

  test('with a method and no id is a notification', () => {
    expect(read('"method":"ping"')).toEqual({ kind: 'notification', method: 'ping', params: undefined });
  });

  test('with a result is one', () => {
    expect(read('"id":"a","result":{"tools":[]}')).toEqual({ kind: 'result', id: 'a', result: { tools: [] } });
  });

  test('with an error is one, whose data and own members are kept', () => {
    const error = { code: -32000, message: 'no', data: [1], more: true };
    expect(read(`"id":0,"error":${JSON.stringify(error)}`)).toEqual({ kind: 'error', id: 0, error });
  });

  test.each(['"id":null,', ''])('with an error belongs to no request when it has %j for an id', (id) => {
    const error = { code: -32700, message: 'what?' };
    expect(read(`${id}"error":${JSON.stringify(error)}`)).toEqual({ kind: 'error', id: null, error });
  });

  test('may have members that nobody knows', () => {
    expect(read('"id":1,"method":"ping","trace":"x"').kind).toBe('request');
  });

  test.each(['0', '-0', '-7', '9007199254740993', '""', '"0"', '"__proto__"', '"hasOwnProperty"'])(
    'may have the id %s',
    (id) => {
      expect(read(`"id":${id},"method":"ping"`)).toMatchObject({ kind: 'request', id: JSON.parse(id) });
    },
  );

  test('semantics 28: has an id as JSON.parse reads it, so that two of them may look alike', () => {
    expect(read('"id":9007199254740993,"method":"ping"')).toMatchObject({ id: 9_007_199_254_740_992 });
    expect(read('"id":1.0,"method":"ping"')).toMatchObject({ id: 1 });
  });

  test('hands over the objects of the peer, and no copies', () => {
    const params = {};
    const message = readMessage({ jsonrpc: '2.0', method: 'ping', params });
    expect(message.kind === 'notification' && message.params).toBe(params);
  });
});

describe('what a peer sent under the name of a prototype', () => {
  test('is no member of the message', () => {
    expect(readMessage(JSON.parse('{"__proto__":{"jsonrpc":"2.0","method":"ping"}}')).kind).toBe('invalid');
  });

  test('is no member that the message lacks', () => {
    expect(read('"method":"ping","__proto__":{"id":1}').kind).toBe('notification');
  });
});

describe('what is no message', () => {
  test.each([
    ['"id":1.5,"method":"ping"', 'the id is not an integer'],
    ['"id":null,"method":"ping"', 'the id is null'],
    ['"id":true,"method":"ping"', 'the id is a boolean'],
    ['"id":{},"method":"ping"', 'the id is an object'],
    ['"method":7', 'method is a number'],
    ['"method":"ping","params":[1]', 'params is an array'],
    ['"method":"ping","params":null', 'params is null'],
    ['"method":"ping","result":{}', 'both a call and a response'],
    ['"id":1,"result":{},"error":{"code":1,"message":""}', 'both a result and an error'],
    ['"id":1,"result":{},"error":null', 'both a result and an error'],
    ['"id":1,"result":[]', 'the result is an array'],
    ['"id":1,"result":null', 'the result is null'],
    ['"result":{}', 'the id of a result is missing'],
    ['"id":null,"result":{}', 'the id of a result is null'],
    ['"id":1', 'no method, no result, no error'],
    ['"id":1,"error":"no"', 'the error is a string'],
    ['"id":1,"error":{"message":""}', "the error's code is missing"],
    ['"id":1,"error":{"code":1.5,"message":""}', "the error's code is not an integer"],
    ['"id":1,"error":{"code":1}', "the error's message is missing"],
    ['"id":false,"error":{"code":1,"message":""}', 'the id of an error is a boolean'],
  ])('%s is told why', (members, why) => {
    expect(read(members)).toMatchObject({ kind: 'invalid', why });
  });

  test.each(['{"id":1,"method":"ping"}', '{"jsonrpc":"1.0","id":1,"method":"ping"}', '{"jsonrpc":2,"id":1}'])(
    '%s is of another protocol',
    (text) => {
      expect(readMessage(JSON.parse(text))).toMatchObject({ kind: 'invalid', why: 'jsonrpc is not "2.0"' });
    },
  );

  test.each([
    [undefined, 'missing'],
    [null, 'null'],
    [7, 'a number'],
    ['{}', 'a string'],
    [true, 'a boolean'],
    [[], 'an array'],
    [() => {}, 'a function'],
    [Symbol('x'), 'a symbol'],
    [1n, 'a bigint'],
  ])('%o is no object', (value, name) => {
    expect(readMessage(value)).toEqual({ ...invalid, why: `the message is ${name}` });
  });

  test('is told without a word of what it holds', () => {
    expect(JSON.stringify(read('"id":{"token":"secret"},"method":"secret","params":"secret"'))).not.toContain('secret');
  });

  test.each([Object.create(null), new Date(0), new Map(), new Error('x'), Object.freeze({})])(
    'never throws, as for %o',
    (value) => {
      expect(readMessage(value).kind).toBe('invalid');
    },
  );
});

describe('the id of what is no message', () => {
  test.each(['"id":1,"method":"ping","params":[]', '"id":1,"method":7', '"id":1,"method":null'])(
    'is to be answered where a request is meant: %s',
    (members) => {
      expect(read(members)).toEqual({ ...invalid, id: 1 });
    },
  );

  test('is to be answered also where the protocol is another', () => {
    expect(readMessage({ id: 'a', method: 'ping' })).toEqual({ ...invalid, id: 'a' });
  });

  test.each(['"id":1,"result":[]', '"id":1,"error":{}', '"id":1,"result":{},"error":{}', '"id":1,"result":null'])(
    'is that of a lost answer where a response is meant: %s',
    (members) => {
      expect(read(members)).toEqual({ ...invalid, answers: 1 });
    },
  );

  test.each(['"id":1', '"id":1,"method":"ping","result":{}', '"id":1,"method":"ping","error":{}'])(
    'is nothing where neither is meant, or both: %s',
    (members) => {
      expect(read(members)).toEqual(invalid);
    },
  );

  test.each(['null', '1.5', 'true', '[]', '{}'])('is nothing where it is none: %s', (id) => {
    expect(read(`"id":${id},"method":"ping","params":[]`)).toEqual(invalid);
  });
});

describe('an id', () => {
  test.each(['', '7', 0, -0, -1, 2 ** 53])('%o is one', (id) => expect(isRequestId(id)).toBe(true));

  test.each([null, undefined, true, 1.5, Number.NaN, Number.POSITIVE_INFINITY, {}, [], [1], 1n])('%o is none', (id) =>
    expect(isRequestId(id)).toBe(false),
  );
});
