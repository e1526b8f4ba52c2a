import { expect, test } from 'vitest';
import { failure, INVALID_REQUEST, notification, PARSE_ERROR, request, result } from '../../src/message.ts';

test('a request has its id, and params only when there are any', () => {
  expect(JSON.stringify(request(1, 'ping'))).toBe('{"jsonrpc":"2.0","id":1,"method":"ping"}');
  expect(request('1', 'tools/list', {})).toEqual({ jsonrpc: '2.0', id: '1', method: 'tools/list', params: {} });
});

test('a notification has no id, and params only when there are any', () => {
  expect(notification('a')).toStrictEqual({ jsonrpc: '2.0', method: 'a' });
  expect(notification('a', { b: 1 })).toStrictEqual({ jsonrpc: '2.0', method: 'a', params: { b: 1 } });
});

test('a result has the id of its request, by type and value', () => {
  expect(result('7', {})).toStrictEqual({ jsonrpc: '2.0', id: '7', result: {} });
  expect(result(7, {})).toStrictEqual({ jsonrpc: '2.0', id: 7, result: {} });
});

test('a failure has a code and a message, and data only when there is any', () => {
  const error = { code: INVALID_REQUEST, message: 'no' };
  expect(failure(1, INVALID_REQUEST, 'no')).toStrictEqual({ jsonrpc: '2.0', id: 1, error });
  expect(failure(1, INVALID_REQUEST, 'no', null)).toStrictEqual({
    jsonrpc: '2.0',
    id: 1,
    error: { ...error, data: null },
  });
});

test('a failure of what could not be read has the id null', () => {
  expect(failure(null, PARSE_ERROR, 'what?')).toMatchObject({ id: null });
});
