import { describe, expect, it } from 'vitest';
import { heard, heardIn } from '../../src/watchers/session/heard.ts';

const V = { jsonrpc: '2.0' };

describe('a message that came in', () => {
  it.each([
    [
      { ...V, id: 1, method: 'ping' },
      { kind: 'request', id: 1, method: 'ping', params: {} },
    ],
    [
      { ...V, id: 'a', method: 'x', params: { y: 1 } },
      { kind: 'request', id: 'a', method: 'x', params: { y: 1 } },
    ],
    [
      { ...V, method: 'x' },
      { kind: 'notification', method: 'x', params: {} },
    ],
    [
      { ...V, id: 1, result: {} },
      { kind: 'result', id: 1, result: {} },
    ],
    [
      { ...V, id: 1, error: { code: 1, message: 'no' } },
      { kind: 'error', id: 1 },
    ],
    [
      { ...V, error: { code: 1, message: 'no' } },
      { kind: 'error', id: null },
    ],
    [
      { ...V, id: null, error: { code: 1, message: 'no' } },
      { kind: 'error', id: null },
    ],
  ])('is told apart by its members: %j (messages/json-rpc)', (message, is) => {
    expect(heard(message)).toEqual(is);
  });

  it.each([
    [{ ...V, id: 1, result: {}, error: { code: 1, message: 'no' } }],
    [{ ...V, id: 1, result: [] }],
    [{ ...V, id: 1, error: { code: 1.5, message: 'no' } }],
    [{ ...V, id: 1, error: { code: 1 } }],
    [{ id: 1, result: {} }],
  ])('means to be an answer and is none: %j', (message) => {
    expect(heard(message)).toEqual({ kind: 'brokenAnswer', id: 1 });
  });

  it.each([
    [7, null],
    [null, null],
    [{}, null],
    [{ ...V, id: 1.5, method: 'ping' }, null],
    [{ ...V, id: null, method: 'ping' }, null],
    [{ ...V, id: 1, method: 7 }, 1],
    [{ ...V, id: 1, method: 'ping', params: [] }, 1],
    [{ ...V, id: 1, method: 'ping', result: {} }, null],
    [{ ...V, id: 1.5, error: { code: 1, message: 'no' } }, null],
    [{ ...V, method: 'x', params: 7 }, null],
  ])('is noise, with the id of what means to be a request: %j', (message, id) => {
    expect(heard(message)).toEqual({ kind: 'noise', id });
  });

  it('is each member of a batch', () => {
    expect(heardIn([{ ...V, method: 'x' }, 7]).map(({ kind }) => kind)).toEqual(['notification', 'noise']);
    expect(heardIn([])).toEqual([]);
  });
});
