// Every state that a session of one role can reach, and what each input does there: stepped, not read off the machine.

const INFO = { name: 'explored', version: '0' };
const KEEPALIVE_MS = 30_000;

/** Configurations that lead to different states; one open call and one handler are enough to tell what they change. */
const BOUNDS = { info: INFO, maxCalls: 1, maxPeerRequests: 1 };

const COMMON_FACTS = {
  watches: ['keepalive is on', 'keepalive is off'],
  busy: ['a call is open', 'no call is open'],
  missedOne: ['a ping was missed', 'no ping was missed'],
  missedTwo: ['two pings were missed', 'fewer than two pings were missed'],
  asked: ['close was asked for', 'no close yet'],
};

const plain = (type) => (saved) => ({ type, now: saved.now });
const received = (message) => (saved) => ({
  type: 'received',
  json: { jsonrpc: '2.0', ...message(saved) },
  now: saved.now,
});
const answeredWith = (answer) => (saved) =>
  saved.initializeId === null ? null : received(({ initializeId }) => ({ id: initializeId, ...answer }))(saved);

/** Its expiry when it is due; null for one that is not armed, whose expiry would be stale. */
const elapsed =
  (name, heardAt = () => 0) =>
  ({ now, timers }) => {
    const timer = timers[name];
    if (!timer) return null;
    const due = Math.max(now, timer.at);
    return { type: 'elapsed', name, generation: timer.generation, heard: heardAt(due), now: due };
  };

const COMMON_INPUTS = {
  start: plain('start'),
  opened: plain('opened'),
  ended: plain('ended'),
  writeFailed: plain('writeFailed'),
  gone: plain('gone'),
  close: plain('close'),
  kill: plain('kill'),
  // A cancellation of nothing: a sign of life that does nothing else.
  'something heard': received(() => ({ method: 'notifications/cancelled', params: { requestId: 'none' } })),
  'keepalive elapsed, quiet': elapsed('keepalive'),
  'keepalive elapsed, heard': elapsed('keepalive', (due) => due),
  'pong elapsed': elapsed('pong'),
};

const request = received(({ counters }) => ({ id: counters.nextPeer, method: 'custom/ask' }));

/** Steps that no table shows: they make and settle the call and the handler that the facts are about. */
const BESIDE = {
  call: ({ now, counters }) => ({ type: 'call', key: counters.nextId, method: 'custom/work', now }),
  'call answered': (saved) => (saved.calls[0] ? received(() => ({ id: saved.calls[0].id, result: {} }))(saved) : null),
  'request received': (saved) => (saved.peers.length > 0 ? null : request(saved)),
};

const initializeResult = (protocolVersion) => ({ result: { protocolVersion, capabilities: {}, serverInfo: INFO } });

const CLIENT_INPUTS = {
  ...COMMON_INPUTS,
  'initialize answered': answeredWith(initializeResult('2025-11-25')),
  'unknown revision answered': answeredWith(initializeResult('2099-01-01')),
  'initialize refused': answeredWith({ error: { code: -32602, message: 'no' } }),
  'slowStart elapsed': elapsed('slowStart'),
  'startup elapsed': elapsed('startup'),
  'hearOut elapsed': elapsed('hearOut'),
  'closing elapsed': elapsed('closing'),
};

const initializeParams = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: INFO };

const SERVER_INPUTS = {
  ...COMMON_INPUTS,
  'initialize asked': received(() => ({ id: 'i', method: 'initialize', params: initializeParams })),
  initialized: received(() => ({ method: 'notifications/initialized' })),
  'last handler answered': ({ now, peers }) =>
    peers[0] ? { type: 'answer', key: peers[0].key, answer: { result: {} }, now } : null,
  signalled: ({ now }) => ({ type: 'signalled', signal: 'SIGTERM', now }),
  uncaught: ({ now }) => ({ type: 'uncaught', message: 'an error', now }),
  cleanedUp: plain('cleanedUp'),
  'drain elapsed': elapsed('drain'),
  'cleanUp elapsed': elapsed('cleanUp'),
};

/** What is explored of each role, and what the tables speak of. */
export const SESSIONS = {
  client: {
    configs: (core) => [null, KEEPALIVE_MS].map((keepaliveMs) => ({ ...core.CLIENT_DEFAULTS, ...BOUNDS, keepaliveMs })),
    steps: CLIENT_INPUTS,
    words: { inputs: Object.keys(CLIENT_INPUTS), facts: COMMON_FACTS },
  },
  server: {
    configs: (core) =>
      [null, KEEPALIVE_MS].flatMap((keepaliveMs) =>
        [0, 5_000].map((drainMs) => ({ ...core.SERVER_DEFAULTS, ...BOUNDS, keepaliveMs, drainMs })),
      ),
    steps: SERVER_INPUTS,
    words: {
      // A server begins with its channel: it has nothing to start.
      inputs: Object.keys(SERVER_INPUTS).filter((name) => name !== 'start' && name !== 'opened'),
      facts: {
        ...COMMON_FACTS,
        awaited: ['a handler works that is given time', 'no handler is given time'],
        signalled: ['a signal came', 'no signal yet'],
      },
    },
  },
};

/** @returns {{ path, facts, input, next: { path, facts }, effects }[]} one entry for each reachable state and possible input */
export function exploreSession(core, { configs, steps }) {
  return configs(core).flatMap((config) => exploreOne(core, config, { ...BESIDE, ...steps }, Object.keys(steps)));
}

function exploreOne(core, config, inputs, shown) {
  const [first] = core.open(config, 0);
  const seen = new Set([identify(core, first)]);
  const waiting = [first];
  const found = [];
  for (let state = waiting.shift(); state; state = waiting.shift()) {
    for (const [name, make] of Object.entries(inputs)) {
      const input = make(core.save(state));
      if (input === null) continue;
      const [next, effects] = core.step(state, input);
      if (shown.includes(name)) {
        found.push({ ...look(core, state), input: name, next: look(core, next), effects: effects.map(nameEffect) });
      }
      const key = identify(core, next);
      if (!seen.has(key)) waiting.push(next);
      seen.add(key);
    }
  }
  return found;
}

/** Without the calls and pings that were given up, whose number only grows. */
function identify(core, state) {
  return JSON.stringify({ ...core.abstract(state), givenUp: null });
}

function look(core, state) {
  const { path } = core.abstract(state);
  const { config, machine, calls, peers } = core.save(state);
  const { asked, misses, why, signal = null } = machine.context;
  return {
    path,
    cause: why,
    facts: {
      asked,
      watches: config.keepaliveMs !== null,
      busy: calls.length > 0,
      awaited: peers.length > 0 && config.drainMs > 0,
      missedOne: misses > 0,
      missedTwo: misses > 1,
      signalled: signal !== null,
    },
  };
}

/** In parentheses what depends on there being something to settle, to abort or to disarm. */
function nameEffect(effect) {
  switch (effect.type) {
    case 'settle':
    case 'abort':
      return `(${effect.type})`;
    case 'send':
      return `send ${effect.message.method ?? (effect.message.error ? 'an error' : 'the result')}`;
    case 'report':
      return `report ${effect.fault.code}`;
    case 'cleanUp':
      return effect.type;
    case 'disarm':
      return ['calls', 'slowStart'].includes(effect.name) ? `(disarm ${effect.name})` : `disarm ${effect.name}`;
    default:
      return [effect.type, effect.name ?? effect.mode ?? effect.phase ?? effect.code]
        .filter((word) => word !== undefined)
        .join(' ');
  }
}
