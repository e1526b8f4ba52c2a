import type { Input, TimerName } from '@mcp-lifeline/core';
import type { Saved } from '@mcp-lifeline/core/saving';

/** How much is tried of what could go on for ever. */
export interface Bounds {
  /** Our requests in a life: `initialize`, calls, pings. */
  readonly requests: number;
  /** Our calls that are open at a time. */
  readonly calls: number;
  /** The peer's requests and batches in a life. */
  readonly peerRequests: number;
}

/**
 * An input made for a state; null where there is nothing to make it of, or a bound is reached.
 *
 * What is answered and cancelled is told by the counters: a core that lost something must not be spared what follows from it.
 */
export type Make = (saved: Saved, bounds: Bounds) => Input | null;

/** Inputs by name. */
export type Makes = Readonly<Record<string, Make>>;

/** What may happen to either end, legal or not. */
const COMMON_INPUTS: Makes = {
  start: plain('start'),
  opened: plain('opened'),
  ended: plain('ended'),
  writeFailed: plain('writeFailed'),
  gone: plain('gone'),
  close: plain('close'),
  kill: plain('kill'),
  'notification heard': heard(() => ({ method: 'notifications/custom' })),
  'garbage heard': ({ now }) => ({ type: 'garbled', why: 'notJson', text: '?', bytes: 1, now }),
  'ping heard': heard(() => ({ id: 'p', method: 'ping' })),
  'the last request is answered': answered(1, { result: {} }),
  'the one before is answered': answered(2, { result: {} }),
  'request heard': heard(({ counters: { nextPeer } }, { peerRequests }) =>
    nextPeer > peerRequests ? null : { id: nextPeer, method: 'custom/ask' },
  ),
  'request cancelled': heard(({ counters: { nextPeer } }) => ({
    method: 'notifications/cancelled',
    params: { requestId: nextPeer - 1 },
  })),
  'progress of the last request': heard(({ counters: { nextId }, calls }) =>
    calls.some(({ progress }) => progress !== null)
      ? null
      : { method: 'notifications/progress', params: { progressToken: nextId - 1, progress: 1 } },
  ),
  'handler answers': ({ now, counters: { nextPeer } }) => {
    return { type: 'answer', key: nextPeer - 1, answer: { result: {} }, now };
  },
  call: ({ now, counters: { nextId }, calls }, bounds) =>
    nextId > bounds.requests || calls.length >= bounds.calls
      ? null
      : { type: 'call', key: nextId, method: 'custom/work', now },
  'call a ping': ({ now, counters: { nextId }, calls }, bounds) =>
    nextId > bounds.requests || calls.length >= bounds.calls
      ? null
      : { type: 'call', key: nextId, method: 'ping', now },
  cancel: ({ now, counters: { nextId } }) => ({ type: 'cancel', key: nextId - 1, now }),
  notify: ({ now }) => ({ type: 'notify', method: 'notifications/custom', now }),
  'calls elapses': elapsed('calls'),
  'keepalive elapses in silence': pinging(elapsed('keepalive')),
  'keepalive elapses, just heard': elapsed('keepalive', (due) => due),
  'pong elapses': pinging(elapsed('pong')),
};

/** What may happen to a client. */
export const CLIENT_INPUTS: Makes = {
  ...COMMON_INPUTS,
  'initialize answered': heard(({ initializeId }) => ({
    id: initializeId ?? 1,
    result: initializeResult('2025-11-25'),
  })),
  'initialize answered otherwise': heard(() => ({ id: 1, result: initializeResult('2099-01-01') })),
  'initialize refused': heard(() => ({ id: 1, error: { code: -32602, message: 'no' } })),
  'startup elapses': elapsed('startup'),
  'slowStart elapses': elapsed('slowStart'),
  'hearOut elapses': elapsed('hearOut'),
  'closing elapses': elapsed('closing'),
};

/** What may happen to a server. */
export const SERVER_INPUTS: Makes = {
  ...COMMON_INPUTS,
  'initialize asked': heard(() => ({ id: 'i', method: 'initialize', params: initializeParams('2025-11-25') })),
  initialized: heard(() => ({ method: 'notifications/initialized' })),
  'log message': ({ now }) => {
    return { type: 'notify', method: 'notifications/message', params: { level: 'info', data: '' }, now };
  },
  'SIGTERM signalled': ({ now }) => ({ type: 'signalled', signal: 'SIGTERM', now }),
  'SIGINT signalled': ({ now }) => ({ type: 'signalled', signal: 'SIGINT', now }),
  uncaught: ({ now }) => ({ type: 'uncaught', message: 'oh', now }),
  cleanedUp: plain('cleanedUp'),
  'drain elapses': elapsed('drain'),
  'cleanUp elapses': elapsed('cleanUp'),
};

/** One message that comes in; null for none. */
export function heard(message: (saved: Saved, bounds: Bounds) => object | null): Make {
  return (saved, bounds) => {
    const made = message(saved, bounds);
    return made === null ? null : { type: 'received', json: { jsonrpc: '2.0', ...made }, now: saved.now };
  };
}

/** Our last request is answered, or one so many before it; a call has its wire id for its key. */
export function answered(back: number, message: object): Make {
  return heard(({ counters: { nextId } }) => (nextId > back ? { id: nextId - back, ...message } : null));
}

/** A timer that is armed runs out when it is due; `heardAt`: when a byte last came, by default never. */
export function elapsed(name: TimerName, heardAt = (_due: number): number => 0): Make {
  return ({ now, timers }) => {
    const timer = timers[name];
    if (timer === undefined) return null;
    const due = Math.max(now, timer.at);
    return { type: 'elapsed', name, generation: timer.generation, heard: heardAt(due), now: due };
  };
}

/** The result of `initialize`. */
export function initializeResult(protocolVersion: string): object {
  return { protocolVersion, capabilities: { logging: {} }, serverInfo: INFO };
}

/** The params of `initialize`. */
export function initializeParams(protocolVersion: string): object {
  return { protocolVersion, capabilities: {}, clientInfo: INFO };
}

const INFO = { name: 'peer', version: '0' };

/** A ping may follow: one more of our requests. */
function pinging(make: Make): Make {
  return (saved, bounds) => (saved.counters.nextId > bounds.requests ? null : make(saved, bounds));
}

/** An input that says all by its type. */
export function plain(
  type: 'start' | 'opened' | 'ended' | 'writeFailed' | 'gone' | 'close' | 'kill' | 'cleanedUp',
): Make {
  return ({ now }) => ({ type, now });
}
