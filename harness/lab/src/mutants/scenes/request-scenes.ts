import type { Answer } from '@mcp-lifeline/core';
import { heard, type Make, type Makes } from './inputs.js';

/** A request of the peer, where the bounds allow another. */
function request(id: number | string, more: object = {}): Make {
  return heard(({ counters: { nextPeer } }, { peerRequests }) =>
    nextPeer > peerRequests ? null : { id, method: 'custom/ask', ...more },
  );
}

/** The handler of the last request ends, or of one so many before it. */
const answer =
  (back: number, of: Answer): Make =>
  ({ now, counters: { nextPeer } }) => ({ type: 'answer', key: nextPeer - back, answer: of, now });

const cancelled = (params: object): Make => heard(() => ({ method: 'notifications/cancelled', params }));

const progress =
  (value: number): Make =>
  ({ now, counters: { nextPeer } }) => ({ type: 'progress', key: nextPeer - 1, progress: value, now });

/** Requests of the peer under every kind of id, answered, cancelled and aborted in every order. */
export const REQUESTS: Makes = {
  'request 1': request(1),
  'request "1"': request('1', { params: { _meta: { progressToken: 'x' } } }),
  'the last is answered': answer(1, { result: { done: true } }),
  'the one before fails': answer(2, { error: { code: -32000, message: 'no' } }),
  'cancelled 1': cancelled({ requestId: 1, reason: 'unwanted' }),
  'cancelled "1"': cancelled({ requestId: '1' }),
  'cancelled without id': cancelled({}),
  'progress 1': progress(1),
  'progress 2': progress(2),
  'request without method': heard(() => ({ id: 1, method: 7 })),
  'request of what is not declared': heard(() => ({ id: 3, method: 'completion/complete' })),
  'notification of what is not declared': heard(() => ({ method: 'notifications/tools/list_changed' })),
  'ping heard': heard(() => ({ id: 'p', method: 'ping' })),
  'not a message': ({ now }) => ({ type: 'received', json: 'hello', now }),
};

/** What no handler may say. */
export const REQUESTS_MISUSE: Makes = { 'progress without end': progress(Number.POSITIVE_INFINITY) };

/** One value that is a batch. Its requests have ids of their own: `n` was no id before. */
function batch(members: (n: number) => readonly object[]): Make {
  return ({ now, counters: { nextPeer } }, { peerRequests }) =>
    nextPeer > peerRequests
      ? null
      : { type: 'received', json: members(nextPeer * 10).map((one) => ({ jsonrpc: '2.0', ...one })), now };
}

const ASK = { method: 'custom/ask' };
const PING = { method: 'ping' };
const NOTE = { method: 'notifications/custom' };

/** Batches of every kind (2025-03-26), where there are batches and where there are none. */
export const BATCHES: Makes = {
  'two requests': batch((n) => [
    { id: n, ...ASK },
    { id: n + 1, ...ASK },
  ]),
  'a request and a ping': batch((n) => [
    { id: n, ...ASK },
    { id: n + 1, ...PING },
  ]),
  'a ping and a notification': batch((n) => [{ id: n, ...PING }, NOTE]),
  'a notification': batch(() => [NOTE]),
  nothing: batch(() => []),
  'too many': batch((n) => [NOTE, NOTE, NOTE, { id: n, ...PING }]),
  'as many as may be': batch((n) => [NOTE, NOTE, { id: n, ...PING }]),
  'no message': batch((n) => [{ id: n, method: 7 }]),
  'a request and its end': batch((n) => [
    { id: n, ...ASK },
    { method: 'notifications/cancelled', params: { requestId: n } },
  ]),
  'an initialize': batch((n) => [{ id: n, method: 'initialize', params: {} }]),
  'an answer and a request': (saved, bounds) => {
    const [open] = saved.calls;
    if (open === undefined) return null;
    return batch((n) => [
      { id: open.id, result: {} },
      { id: n, ...ASK },
    ])(saved, bounds);
  },
  'an answer and too many': (saved, bounds) => {
    const [open] = saved.calls;
    if (open === undefined) return null;
    return batch(() => [{ id: open.id, result: {} }, NOTE, NOTE, NOTE])(saved, bounds);
  },
  call: ({ now, counters: { nextId }, calls }, { requests }) =>
    nextId > requests - 1 || calls.length > 0 ? null : { type: 'call', key: nextId, method: 'custom/work', now },
  'the last handler answers': answer(1, { result: {} }),
  'the one before answers': answer(2, { result: {} }),
  'the first of a batch is cancelled': heard(({ peers }) => ({
    method: 'notifications/cancelled',
    params: { requestId: peers[0]?.id ?? 'none' },
  })),
};
