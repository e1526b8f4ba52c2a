import type { Effect, Input, Json, Outcome } from '@mcp-lifeline/core';
import { beforeEach, describe, expect, test } from 'vitest';
import { CLIENT_BASE } from '../../../src/core/case.ts';
import { Account } from '../../../src/core/reference/account.ts';
import { Violation } from '../../../src/core/violation.ts';

const CALL: Untimed = { type: 'call', key: 7, method: 'x/custom', params: { label: 1 }, timeoutMs: 100 };
const REQUEST: Json = { jsonrpc: '2.0', id: 2, method: 'x/custom', params: { label: 1, _meta: { progressToken: 2 } } };
const RESULT = { label: 1 };
const ANSWER: Json = { jsonrpc: '2.0', id: 2, result: RESULT };
const CLOSING: readonly Effect[] = [
  { type: 'closeChannel', mode: 'graceful' },
  { type: 'phase', phase: 'closing', why: 'asked' },
];

describe('the account of a client that is ready and has made a call', () => {
  let account: Account;

  beforeEach(() => {
    account = new Account({ ...CLIENT_BASE, keepaliveMs: 300 }, 0);
    take({ type: 'start' }, [{ type: 'openChannel' }]);
    take({ type: 'opened' }, [send({ jsonrpc: '2.0', id: 1, method: 'initialize', params: {} })]);
    const result = { protocolVersion: '2025-03-26', capabilities: {}, serverInfo: {} };
    take(received({ jsonrpc: '2.0', id: 1, result }), [send({ jsonrpc: '2.0', method: 'notifications/initialized' })]);
    take(CALL, [send(REQUEST)]);
  });

  test('takes the answer that came for the call it is for', () => {
    take(received(ANSWER), [settle({ ok: true, result: RESULT })]);
    expect(account.calls.size).toBe(0);
  });

  const WRONG: Readonly<Record<string, readonly [input: Untimed, effects: readonly Effect[]]>> = {
    'no settling of a call that is answered': [received(ANSWER), []],
    'a copy of the result': [received(ANSWER), [settle({ ok: true, result: { ...RESULT } })]],
    'another call': [received(ANSWER), [{ type: 'settle', key: 8, outcome: { ok: true, result: RESULT } }]],
    'an error in place of a result': [
      received(ANSWER),
      [settle({ ok: false, kind: 'peer', error: { code: 1, message: '' } })],
    ],
    'two settlings': [received(ANSWER), [settle({ ok: true, result: RESULT }), settle({ ok: true, result: RESULT })]],
    'an answer to "2"': [received({ ...(ANSWER as object), id: '2' }), [settle({ ok: true, result: RESULT })]],
    'a timeout before its time': [
      { type: 'elapsed', name: 'calls', generation: 1, heard: 0 },
      [send(cancelled(2)), settle({ ok: false, kind: 'timeout', sent: true })],
    ],
    'a cancellation that nobody is told of': [
      { type: 'cancel', key: 7 },
      [settle({ ok: false, kind: 'cancelled', sent: true })],
    ],
    'a cancellation behind the settling': [
      { type: 'cancel', key: 7 },
      [settle({ ok: false, kind: 'cancelled', sent: true }), send(cancelled(2))],
    ],
    'progress that is lost': [received(progress(2)), []],
    'progress of another call': [
      received(progress(3)),
      [{ type: 'deliver', item: { kind: 'progress', key: 7, progress: 1 } }],
    ],
    'a request without an answer': [received({ jsonrpc: '2.0', id: 'a', method: 'x/ask' }), []],
    'an answer under another id': [
      received({ jsonrpc: '2.0', id: 'a', method: 'ping' }),
      [send({ jsonrpc: '2.0', id: 'b', result: {} })],
    ],
    'a notification that is lost': [received({ jsonrpc: '2.0', method: 'x/told' }), []],
    'a close that settles nothing': [{ type: 'close' }, CLOSING],
    'a close that loses the connection': [
      { type: 'close' },
      [settle({ ok: false, kind: 'connectionLost', sent: true }), ...CLOSING],
    ],
    'a close that does not close': [{ type: 'close' }, []],
    'an end without a cause': [{ type: 'notify', method: 'x/told' }, CLOSING],
    'an end for another cause': [
      { type: 'ended' },
      [settle({ ok: false, kind: 'connectionLost', sent: true }), ...CLOSING],
    ],
    'a ping while a call is open': [
      { type: 'elapsed', name: 'keepalive', generation: 1, heard: -1_000 },
      [send({ jsonrpc: '2.0', id: 3, method: 'ping' })],
    ],
    'a message that nobody asked for': [{ type: 'cancel', key: 9 }, [send({ jsonrpc: '2.0', method: 'x/told' })]],
  };

  test.each(Object.entries(WRONG))('does not take %s', (_, [input, effects]) => {
    expect(() => take(input, effects)).toThrow(Violation);
  });

  test('takes a batch as its members, and wants one answer to it', () => {
    const ask = { jsonrpc: '2.0', id: 'a', method: 'x/ask' };
    const item = { kind: 'request', key: 1, method: 'x/ask', revision: '2025-03-26', wantsProgress: false } as const;
    take(received([ask, ANSWER]), [{ type: 'deliver', item }, settle({ ok: true, result: RESULT })]);
    const done = { jsonrpc: '2.0', id: 'a', result: {} };
    expect(() => take({ type: 'answer', key: 1, answer: { result: {} } }, [send(done)])).toThrow(/batch/);
  });

  test('takes pings as they are due, and an end when too many were missed', () => {
    take(received(ANSWER), [settle({ ok: true, result: RESULT })]);
    const quiet = { type: 'elapsed', name: 'keepalive', generation: 1, heard: -1_000 } as const;
    const missed = { type: 'elapsed', name: 'pong', generation: 1, heard: -1_000 } as const;
    take({ ...quiet, heard: 0 }, []);
    take(quiet, [send({ jsonrpc: '2.0', id: 3, method: 'ping' })]);
    take(missed, [send({ jsonrpc: '2.0', id: 4, method: 'ping' })]);
    expect(() => take(missed, [send({ jsonrpc: '2.0', id: 5, method: 'ping' })])).toThrow(Violation);
  });

  function take(input: Untimed, effects: readonly Effect[]): void {
    account.take({ ...input, now: 0 } as Input, effects, false);
  }
});

type Untimed = Input extends infer I ? (I extends Input ? Omit<I, 'now'> : never) : never;

function received(json: unknown): Untimed {
  return { type: 'received', json };
}

function send(message: Json): Effect {
  return { type: 'send', message, urgent: false };
}

function settle(outcome: Outcome): Effect {
  return { type: 'settle', key: 7, outcome };
}

function cancelled(requestId: number): Json {
  return { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId } };
}

function progress(progressToken: number): Json {
  return { jsonrpc: '2.0', method: 'notifications/progress', params: { progressToken, progress: 1 } };
}
