import { type Effect, type Input, type Json, type State, step } from '../../src/index.ts';
import { abstract, type Saved, save } from '../../src/saving.ts';

/** The inputs of one role by name, each made for the state that gets it. */
export type Inputs = Readonly<Record<string, (saved: Saved) => Input>>;

/** One step of a life, with the state on both sides of it. */
export interface Step {
  readonly before: State;
  readonly input: Input;
  readonly after: State;
  readonly effects: readonly Effect[];
}

const NOT_OPEN = 404;
const TOOLS = { tools: {} };
const INFO = { name: 'test', version: '0' };

/** Everything that can be asked of a session, or happen to one of either role, but for messages. */
const common = {
  start: ({ now }) => ({ type: 'start', now }),
  opened: ({ now }) => ({ type: 'opened', now }),
  ended: ({ now }) => ({ type: 'ended', now }),
  writeFailed: ({ now }) => ({ type: 'writeFailed', now }),
  gone: ({ now }) => ({ type: 'gone', now }),
  close: ({ now }) => ({ type: 'close', now }),
  kill: ({ now }) => ({ type: 'kill', now }),
  'something heard': (saved) => received(saved, { method: 'notifications/x' }),
  'no JSON heard': ({ now }) => ({ type: 'garbled', why: 'notJson', text: '?', bytes: 1, now }),
  'pong heard': (saved) => received(saved, { id: saved.pingId ?? NOT_OPEN, result: {} }),
  'keepalive elapsed quiet': (saved) => elapsed(saved, 'keepalive', Number.NEGATIVE_INFINITY),
  'keepalive elapsed heard': (saved) => elapsed(saved, 'keepalive', Number.POSITIVE_INFINITY),
  'pong elapsed': (saved) => elapsed(saved, 'pong'),
} as const satisfies Inputs;

/** What may happen to a client. An answer to `initialize` that is not open is one to a request that never was. */
export const CLIENT_INPUTS = {
  ...common,
  'initialize answered': (saved) => answered(saved, { result: initializeResult('2025-11-25') }),
  'initialize answered otherwise': (saved) => answered(saved, { result: initializeResult('2099-01-01') }),
  'initialize refused': (saved) => answered(saved, { error: { code: -32602, message: 'no' } }),
  'initialize answered without version': (saved) => answered(saved, { result: {} }),
  'initialize answered by both': (saved) => answered(saved, { result: {}, error: { code: 1, message: '' } }),
  'startup elapsed': (saved) => elapsed(saved, 'startup'),
  'slowStart elapsed': (saved) => elapsed(saved, 'slowStart'),
  'hearOut elapsed': (saved) => elapsed(saved, 'hearOut'),
  'closing elapsed': (saved) => elapsed(saved, 'closing'),
} as const satisfies Inputs;

/** What may happen to a server. */
export const SERVER_INPUTS = {
  ...common,
  'initialize asked': (saved) => received(saved, { id: 'i', method: 'initialize', params: initializeParams() }),
  'initialize asked without version': (saved) => received(saved, { id: 'i', method: 'initialize', params: {} }),
  initialized: (saved) => received(saved, { method: 'notifications/initialized' }),
  'request heard': (saved) => received(saved, { id: saved.counters.nextPeer, method: 'tools/list' }),
  'ping heard': (saved) => received(saved, { id: 'p', method: 'ping' }),
  'handler answered': ({ now, peers }) => {
    return { type: 'answer', key: peers[0]?.key ?? NOT_OPEN, answer: { result: {} }, now };
  },
  'request cancelled': (saved) => {
    return received(saved, { method: 'notifications/cancelled', params: { requestId: saved.peers[0]?.id ?? 'none' } });
  },
  'SIGINT signalled': ({ now }) => ({ type: 'signalled', signal: 'SIGINT', now }),
  'SIGTERM signalled': ({ now }) => ({ type: 'signalled', signal: 'SIGTERM', now }),
  'SIGHUP signalled': ({ now }) => ({ type: 'signalled', signal: 'SIGHUP', now }),
  uncaught: ({ now }) => ({ type: 'uncaught', message: 'oh', now }),
  cleanedUp: ({ now }) => ({ type: 'cleanedUp', now }),
  'drain elapsed': (saved) => elapsed(saved, 'drain'),
  'cleanUp elapsed': (saved) => elapsed(saved, 'cleanUp'),
} as const satisfies Inputs;

/** One step by the name of its input. */
export function stepNamed(before: State, inputs: Inputs, name: string, later = 0): Step {
  const made = inputs[name]?.(save(before));
  if (made === undefined) throw new Error(`no input ${name}`);
  const input = { ...made, now: made.now + later };
  const [after, effects] = step(before, input);
  return { before, input, after, effects };
}

/** Where an input leads, in the words of `situation`, and what it asks for; `=` where it stays. */
export function outcome(state: State, inputs: Inputs, name: string, situation: (state: State) => string): string {
  const { after, effects } = stepNamed(state, inputs, name);
  const next = situation(after) === situation(state) ? '=' : situation(after);
  return [next, ...(effects.length > 0 ? [effects.map(nameEffect).join(', ')] : [])].join(' | ');
}

/** A life from a state through these inputs; the last of its steps. */
export function live(first: State, inputs: Inputs, ...names: readonly [string, ...string[]]): Step {
  const [name, ...rest] = names;
  const done = stepNamed(first, inputs, name);
  const [next, ...others] = rest;
  return next === undefined ? done : live(done.after, inputs, next, ...others);
}

/** Every state that these inputs lead to; those that an explorer would not tell apart count once. */
export function reachAll(first: State, inputs: Inputs): State[] {
  const reached = new Map([[identify(first), first]]);
  for (const state of reached.values()) {
    for (const name of Object.keys(inputs)) {
      const { after } = stepNamed(state, inputs, name);
      if (!reached.has(identify(after))) reached.set(identify(after), after);
    }
  }
  return [...reached.values()];
}

/** An effect in words: `arm startup`, `send ping`, `send error -32600`, `phase closing asked`. */
export function nameEffect(effect: Effect): string {
  switch (effect.type) {
    case 'arm':
    case 'disarm':
      return `${effect.type} ${effect.name}`;
    case 'send':
      return `send ${nameMessage(effect.message)}`;
    case 'deliver':
      return `deliver ${effect.item.kind}`;
    case 'closeChannel':
      return `closeChannel ${effect.mode}`;
    case 'settle':
      return `settle ${effect.key} ${effect.outcome.ok ? 'ok' : effect.outcome.kind}`;
    case 'abort':
      return `abort ${effect.key}`;
    case 'cleanUp':
      return `cleanUp ${effect.why}`;
    case 'exit':
      return `exit ${effect.code}`;
    case 'phase':
      return ['phase', effect.phase, ...(effect.why === undefined ? [] : [effect.why])].join(' ');
    case 'report':
      return `report ${effect.fault.code}`;
    default:
      return effect.type;
  }
}

/** Where the machine is, as a path. */
export function pathOf(state: State): string {
  return (abstract(state) as { readonly path: string }).path;
}

/** Without the calls and pings that were given up, whose number only grows. */
function identify(state: State): string {
  return JSON.stringify({ ...(abstract(state) as object), givenUp: null });
}

function nameMessage(message: Json): string {
  const { method, error } = message as { readonly method?: string; readonly error?: { readonly code: number } };
  return method ?? (error === undefined ? 'result' : `error ${error.code}`);
}

function received({ now }: Saved, message: object): Input {
  return { type: 'received', json: { jsonrpc: '2.0', ...message }, now };
}

function answered(saved: Saved, answer: object): Input {
  return received(saved, { id: saved.initializeId ?? NOT_OPEN, ...answer });
}

/** A timer that is armed runs out when it is due; the expiry of one that is not is stale. */
function elapsed({ now, timers }: Saved, name: keyof Saved['timers'], heard = 0): Input {
  const { at, generation } = timers[name] ?? { at: now, generation: -1 };
  const last = heard === Number.POSITIVE_INFINITY ? at : 0;
  return { type: 'elapsed', name, generation, heard: last, now: Math.max(now, at) };
}

function initializeParams(): object {
  return { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: INFO };
}

function initializeResult(protocolVersion: string): object {
  return { protocolVersion, capabilities: TOOLS, serverInfo: INFO };
}
