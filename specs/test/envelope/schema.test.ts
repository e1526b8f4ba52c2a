import { describe, expect, it } from 'vitest';
import { errorSchema, messageSchema, notificationSchema, requestSchema, resultSchema } from '../../envelope/schema.js';

const SCHEMAS = {
  request: requestSchema,
  notification: notificationSchema,
  result: resultSchema,
  error: errorSchema,
};

describe('the schema of the envelope', () => {
  it.each([
    ['{"id":1,"method":"ping"}', 'request'],
    ['{"id":"","method":"","params":{"a":[1]}}', 'request'],
    ['{"method":"notifications/initialized"}', 'notification'],
    ['{"method":"a","params":{}}', 'notification'],
    ['{"id":1,"result":{}}', 'result'],
    ['{"id":1,"error":{"code":-32600,"message":""}}', 'error'],
    ['{"id":1,"error":{"code":0,"message":"a","data":null,"more":1}}', 'error'],
    ['{"id":null,"error":{"code":1,"message":""}}', 'error'],
    ['{"error":{"code":1,"message":""}}', 'error'],
    ['{"id":1,"method":"ping","more":1}', 'request'],
  ])('takes %s for a %s and nothing else', (members, kind) => {
    expect(kindsOf(members)).toEqual([kind]);
  });

  it.each([
    ['an id that is null (messages/request-id-not-null)', '{"id":null,"method":"ping"}'],
    ['an id with a fraction (messages/request-id)', '{"id":1.5,"method":"ping"}'],
    ['an id that is neither text nor number (messages/request-id)', '{"id":true,"method":"ping"}'],
    ['a method that is no text', '{"id":1,"method":7}'],
    ['params that are no object', '{"method":"ping","params":[]}'],
    ['params that are null', '{"method":"ping","params":null}'],
    ['a result without an id (messages/response-id)', '{"result":{}}'],
    ['a result that is no object (messages/result-shape)', '{"id":1,"result":[]}'],
    ['a result and an error (messages/result-not-with-error)', '{"id":1,"result":{},"error":{"code":1,"message":""}}'],
    ['neither (messages/result-or-error)', '{"id":1}'],
    ['a call and a response', '{"id":1,"method":"ping","result":{}}'],
    ['a code with a fraction (messages/error-code-integer)', '{"id":1,"error":{"code":1.5,"message":""}}'],
    ['no code (messages/error-code-and-message)', '{"id":1,"error":{"message":""}}'],
    ['no message (messages/error-code-and-message)', '{"id":1,"error":{"code":1}}'],
  ])('refuses %s', (_, members) => {
    expect(kindsOf(members)).toEqual([]);
  });

  it.each(['{"id":1,"method":"ping"}', '{"jsonrpc":"1.0","id":1,"method":"ping"}', '[]', 'null', '"2.0"', '7'])(
    'refuses %s, which is not JSON-RPC 2.0',
    (text) => {
      expect(messageSchema.safeParse(JSON.parse(text)).success).toBe(false);
    },
  );
});

function kindsOf(members: string): string[] {
  const message = { jsonrpc: '2.0', ...JSON.parse(members) };
  const kinds = Object.entries(SCHEMAS).filter(([, schema]) => schema.safeParse(message).success);
  expect(messageSchema.safeParse(message).success).toBe(kinds.length > 0);
  return kinds.map(([kind]) => kind);
}
