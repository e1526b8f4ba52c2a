import { CLIENT_DEFAULTS, type Config, type Params, SERVER_DEFAULTS } from '@mcp-lifeline/core';
import type { Revision } from '@mcp-lifeline/core/revision';
import {
  answered,
  elapsed,
  heard,
  initializeParams,
  initializeResult,
  type Make,
  type Makes,
  plain,
} from './inputs.js';
import type { Scene } from './scene.js';

const INFO = { name: 'compared', version: '0' };

/** What a client and a server of a scene agree on. */
export interface Agreed {
  readonly revision: Revision;
  readonly client: Params;
  readonly server: Params;
}

/** A session of one role that becomes ready in one way, without keepalive, and ends in every way. */
export function agreedScene(
  role: 'client' | 'server',
  name: string,
  { revision, client, server }: Agreed,
  makes: Makes,
  changes: Partial<Pick<Config, 'maxCalls' | 'maxPeerRequests' | 'maxBatch'>> = {},
  more: Pick<Scene, 'misuse' | 'countsUp'> = {},
): Scene {
  const bounds = { requests: role === 'client' ? 4 : 3, calls: 3, peerRequests: 4 };
  const config: Config =
    role === 'client'
      ? { ...CLIENT_DEFAULTS, info: INFO, capabilities: client, ...changes }
      : { ...SERVER_DEFAULTS, info: INFO, capabilities: server, drainMs: 500, ...changes };
  const begin = role === 'client' ? clientBegins(revision, server) : serverBegins(revision, client);
  return { name: `${role}: ${name}`, config, makes: { ...begin, ...ENDS[role], ...makes }, bounds, ...more };
}

function clientBegins(revision: Revision, capabilities: Params): Makes {
  return {
    start: once(({ machine }) => machine.value === 'idle', plain('start')),
    opened: plain('opened'),
    'initialize answered': once(
      ({ initializeId }) => initializeId !== null,
      heard(() => ({ id: 1, result: { ...initializeResult(revision), capabilities } })),
    ),
  };
}

function serverBegins(revision: Revision, capabilities: Params): Makes {
  return {
    'initialize asked': once(
      ({ peer }) => peer === null,
      heard(() => ({ id: 'i', method: 'initialize', params: { ...initializeParams(revision), capabilities } })),
    ),
    initialized: heard(() => ({ method: 'notifications/initialized' })),
  };
}

const COMMON_ENDS: Makes = {
  close: plain('close'),
  ended: plain('ended'),
  writeFailed: plain('writeFailed'),
  gone: plain('gone'),
};

const ENDS: Readonly<Record<'client' | 'server', Makes>> = {
  client: { ...COMMON_ENDS, 'hearOut elapses': elapsed('hearOut') },
  server: { ...COMMON_ENDS, 'drain elapses': elapsed('drain') },
};

function once(when: (saved: Parameters<Make>[0]) => boolean, make: Make): Make {
  return (saved, bounds) => (when(saved) ? make(saved, bounds) : null);
}

const NOBODY = 404;

/** A call of ours, where the bounds allow another. */
function call(of: {
  readonly method: string;
  readonly params?: Params;
  readonly timeoutMs?: number;
  readonly wantsProgress?: boolean;
}): Make {
  return ({ now, counters: { nextId }, calls }, bounds) =>
    nextId > bounds.requests || calls.length >= bounds.calls ? null : { type: 'call', key: nextId, now, ...of };
}

/** The last call is cancelled, or one so many before it: a call has its wire id for its key. */
const cancel =
  (back: number, reason?: string): Make =>
  ({ now, counters: { nextId } }) => ({
    ...{ type: 'cancel', key: nextId - back, now },
    ...(reason === undefined ? {} : { reason }),
  });

/** Two calls that are answered, cancelled, given up and lost in every order. */
export const CALLS: Makes = {
  'call work': call({ method: 'custom/work' }),
  'call briefly': call({ method: 'custom/brief', timeoutMs: 1_000, wantsProgress: false }),
  'call a ping': call({ method: 'ping' }),
  'call what is not declared': call({ method: 'completion/complete' }),
  'call what the other may call': call({ method: 'roots/list' }),
  'cancel the last': cancel(1),
  'cancel the one before': cancel(2, 'unwanted'),
  'the last is answered': answered(1, { result: {} }),
  'the one before is answered': answered(2, { result: {} }),
  'the last fails': answered(1, { error: { code: -32000, message: 'no' } }),
  'the last is answered by both': answered(1, { result: {}, error: { code: 1, message: '' } }),
  'the last is answered as text': heard(({ counters: { nextId } }) => ({ id: String(nextId - 1), result: {} })),
  'the next is answered': heard(({ counters: { nextId } }) => ({ id: nextId, result: {} })),
  'nothing is answered': heard(() => ({ id: 0, result: {} })),
  'an error without id': heard(() => ({ error: { code: -32700, message: 'what?' } })),
  'calls elapses': elapsed('calls'),
  'a timer of old elapses': ({ now }) => ({ type: 'elapsed', name: 'calls', generation: 0, heard: now, now }),
};

/** What no application may do with calls. */
export const CALLS_MISUSE: Makes = {
  'call initialize': call({ method: 'initialize' }),
  'call for no time': call({ method: 'custom/work', timeoutMs: -1 }),
  'call under a key that is taken': ({ now, calls }) =>
    calls[0] === undefined ? null : { type: 'call', key: calls[0].key, method: 'custom/work', now },
};

/** Calls whose progress comes, goes back, stands still, and is that of somebody else. */
export const PROGRESS: Makes = {
  'call work': call({ method: 'custom/work' }),
  'call without progress': call({ method: 'custom/quiet', wantsProgress: false }),
  'cancel the last': cancel(1),
  'the last is answered': answered(1, { result: {} }),
  'progress 1': told(1, { progress: 1 }),
  'progress 2 of 3': told(1, { progress: 2, total: 3, message: 'so far' }),
  'progress of the one before': told(2, { progress: 1 }),
  'progress as text': heard(({ counters: { nextId } }) => {
    return { method: 'notifications/progress', params: { progressToken: String(nextId - 1), progress: 2 } };
  }),
  'progress of nothing': told(-NOBODY, { progress: 1 }),
  'progress without a number': heard(() => ({ method: 'notifications/progress', params: { progressToken: 1 } })),
  'calls elapses': elapsed('calls'),
};

/** Of the last call, or one so many before it. */
function told(back: number, params: object): Make {
  return heard(({ counters: { nextId } }) => {
    return { method: 'notifications/progress', params: { progressToken: nextId - back, ...params } };
  });
}

/** Calls for a task (2025-11-25), which are cancelled in a way of their own. */
export function tasks(method: string): Makes {
  return {
    'call for a task': call({ method, params: { task: { ttl: 1_000 } } }),
    'call without a task': call({ method }),
    'cancel the last': cancel(1),
    'cancel the one before': cancel(2),
    'a task is made': answered(1, { result: { task: { taskId: 't' } } }),
    'a task is made of the one before': answered(2, { result: { task: { taskId: 'u' } } }),
    'the last is answered': answered(1, { result: {} }),
    'the one before fails': answered(2, { error: { code: -32000, message: 'no' } }),
    'progress of the last': told(1, { progress: 1 }),
    'calls elapses': elapsed('calls'),
  };
}
