import { CLIENT_DEFAULTS, type Config, SERVER_DEFAULTS } from '@mcp-lifeline/core';
import { elapsed, heard, initializeParams, initializeResult, type Make, type Makes, plain } from './inputs.js';
import type { Scene } from './scene.js';

const COMMON = {
  info: { name: 'compared', version: '0' },
  revisions: ['2025-03-26', '2025-06-18', '2025-11-25'],
} as const;

const BOUNDS = { requests: 3, calls: 1, peerRequests: 2 };

const call =
  (method: string): Make =>
  ({ now, counters: { nextId }, calls }, bounds) =>
    nextId > bounds.requests || calls.length > 0 ? null : { type: 'call', key: nextId, method, now };

const request = (method: string): Make =>
  heard(({ counters: { nextPeer }, peers }, { peerRequests }) =>
    nextPeer > peerRequests || peers.length > 0 ? null : { id: nextPeer, method },
  );

const notified = (method: string): Make => heard(() => ({ method }));

const notify =
  (method: string): Make =>
  ({ now }) => ({ type: 'notify', method, now });

const SHARED: Makes = {
  'call a ping': call('ping'),
  'call work': call('custom/work'),
  'call early': call('tools/list'),
  'call the other way': call('sampling/createMessage'),
  'request heard': request('custom/ask'),
  'request of what may be declared': request('roots/list'),
  'request of what a server has': request('tools/list'),
  'ping heard': heard(() => ({ id: 'p', method: 'ping' })),
  'notification heard': notified('notifications/custom'),
  'tools changed': notified('notifications/tools/list_changed'),
  'roots changed': notified('notifications/roots/list_changed'),
  'initialized heard': notified('notifications/initialized'),
  'garbage heard': ({ now }) => ({ type: 'garbled', why: 'notJson', text: '?', bytes: 1, now }),
  'not a message': ({ now }) => ({ type: 'received', json: 'hello', now }),
  notify: notify('notifications/custom'),
  'notify of roots': notify('notifications/roots/list_changed'),
  'notify of tools': notify('notifications/tools/list_changed'),
  'log a message': notify('notifications/message'),
  close: plain('close'),
  ended: plain('ended'),
  writeFailed: plain('writeFailed'),
  gone: plain('gone'),
};

const MISUSE: Makes = { 'notify of what is its own': notify('notifications/initialized') };

const initialAnswer = (message: object): Make => heard(() => ({ id: 1, ...message }));

const CLIENT: Makes = {
  ...SHARED,
  start: plain('start'),
  opened: plain('opened'),
  agreed: initialAnswer({
    result: { ...initializeResult('2025-11-25'), capabilities: { tools: { listChanged: true } }, instructions: 'so' },
  }),
  'agreed on an older': initialAnswer({ result: initializeResult('2025-03-26') }),
  'offered the oldest': initialAnswer({ result: initializeResult('2024-11-05') }),
  'offered what is none': initialAnswer({ result: initializeResult('2099-01-01') }),
  'offered what is none, and more': ({ now, counters: { nextPeer } }, { peerRequests }) => {
    if (nextPeer > peerRequests) return null;
    const members = [{ id: 1, result: initializeResult('2099-01-01') }, { method: 'notifications/custom' }];
    return { type: 'received', json: members.map((member) => ({ jsonrpc: '2.0', ...member })), now };
  },
  refused: initialAnswer({ error: { code: -32602, message: 'no' } }),
  'answered by nothing': initialAnswer({ result: {} }),
  'answered by both': initialAnswer({ result: {}, error: { code: 1, message: '' } }),
  'startup elapses': elapsed('startup'),
  'slowStart elapses': elapsed('slowStart'),
  'hearOut elapses': elapsed('hearOut'),
};

const asked = (params: object): Make => heard(() => ({ id: 'i', method: 'initialize', params }));

const SERVER: Makes = {
  ...SHARED,
  'asked for the newest': asked(initializeParams('2025-11-25')),
  'asked for an older': asked({ ...initializeParams('2025-06-18'), capabilities: { roots: { listChanged: true } } }),
  'asked for the oldest': asked(initializeParams('2024-11-05')),
  'asked for what is none': asked(initializeParams('2099-01-01')),
  'asked without params': asked({}),
  signalled: ({ now }) => ({ type: 'signalled', signal: 'SIGINT', now }),
  uncaught: ({ now }) => ({ type: 'uncaught', message: 'oh', now }),
  cleanedUp: plain('cleanedUp'),
  'cleanUp elapses': elapsed('cleanUp'),
};

const CONFIGS: readonly (readonly [name: string, config: Config, makes: Makes])[] = [
  ['client: handshakes', { ...CLIENT_DEFAULTS, ...COMMON, capabilities: { roots: { listChanged: true } } }, CLIENT],
  [
    'server: handshakes',
    { ...SERVER_DEFAULTS, ...COMMON, capabilities: { tools: { listChanged: true }, logging: {} }, instructions: 'so' },
    SERVER,
  ],
];

/** Every way to begin a session, and all that comes too early or too late. */
export const HANDSHAKE_SCENES: readonly Scene[] = CONFIGS.map(([name, config, makes]) => ({
  ...{ name, config, makes, misuse: MISUSE },
  bounds: BOUNDS,
}));
