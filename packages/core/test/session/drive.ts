import {
  CLIENT_DEFAULTS,
  type ClientConfig,
  type Config,
  type Effect,
  type Fault,
  type Input,
  type Json,
  open,
  type Params,
  SERVER_DEFAULTS,
  type ServerConfig,
  type State,
  step,
  type TimerName,
} from '../../src/index.ts';
import { LATEST_REVISION, type Revision } from '../../src/revision.ts';
import { save } from '../../src/saving.ts';

/** An input without its time, which the drive adds. */
export type Happening = Input extends infer I ? (I extends Input ? Omit<I, 'now'> : never) : never;

/** One session, stepped input by input on a clock that stands still unless it is moved. */
export interface Drive {
  readonly state: State;
  readonly now: number;
  /** Steps one input; what it asks for. */
  feed(input: Happening): readonly Effect[];
  /** Feeds one parsed value from the peer. */
  hear(json: unknown): readonly Effect[];
  /** Makes a call, and tells what that asks for. */
  call(key: number, method: string, more?: Omit<CallHappening, 'type' | 'key' | 'method'>): readonly Effect[];
  /** Moves the clock, in ms. */
  wait(ms: number): void;
  /** Lets an armed timer run out when it is due, or now where that is later. */
  expire(name: TimerName, heard?: number): readonly Effect[];
  /** When that timer is due, in ms; undefined where it is not armed. */
  dueOf(name: TimerName): number | undefined;
}

type CallHappening = Extract<Happening, { readonly type: 'call' }>;

/** Not zero, so that a time left out shows; a multiple of every rounding. */
export const START = 1_000;

/** A session that was just opened. */
export function drive(config: Config): Drive {
  let now = START;
  let [state] = open(config, now);
  const feed = (input: Happening): readonly Effect[] => {
    const [next, effects] = step(state, { ...input, now } as Input);
    state = next;
    return effects;
  };
  return {
    get state() {
      return state;
    },
    get now() {
      return now;
    },
    feed,
    hear: (json) => feed({ type: 'received', json }),
    call: (key, method, more) => feed({ type: 'call', key, method, ...more }),
    wait(ms) {
      now += ms;
    },
    expire(name, heard = 0) {
      const timer = save(state).timers[name];
      if (timer === undefined) throw new Error(`${name} is not armed`);
      now = Math.max(now, timer.at);
      return feed({ type: 'elapsed', name, generation: timer.generation, heard });
    },
    dueOf: (name) => save(state).timers[name]?.at,
  };
}

/** Everything that a client can declare. */
export const CLIENT_CAPABILITIES: Params = {
  roots: { listChanged: true },
  sampling: {},
  elicitation: { form: {}, url: {} },
  tasks: { list: {}, cancel: {}, requests: { sampling: { createMessage: {} }, elicitation: { create: {} } } },
};

/** Everything that a server can declare. */
export const SERVER_CAPABILITIES: Params = {
  tools: { listChanged: true },
  prompts: { listChanged: true },
  resources: { subscribe: true, listChanged: true },
  logging: {},
  completions: {},
  tasks: { list: {}, cancel: {}, requests: { tools: { call: {} } } },
};

export const CLIENT_INFO: Params = { name: 'client', version: '1' };
export const SERVER_INFO: Params = { name: 'server', version: '1' };

/** A client's configuration, with everything declared unless told otherwise. */
export function clientConfig(more: Partial<ClientConfig> = {}): ClientConfig {
  return { ...CLIENT_DEFAULTS, info: CLIENT_INFO, capabilities: CLIENT_CAPABILITIES, ...more };
}

/** A server's configuration, with everything declared unless told otherwise. */
export function serverConfig(more: Partial<ServerConfig> = {}): ServerConfig {
  return { ...SERVER_DEFAULTS, info: SERVER_INFO, capabilities: SERVER_CAPABILITIES, ...more };
}

interface Ready<C extends Config> {
  readonly config?: Partial<C>;
  readonly revision?: Revision;
  /** What the peer declares. */
  readonly peer?: Params;
}

/** The wire id of our `initialize`, the first of all ids. */
export const INITIALIZE_ID = 1;

/** The wire id of a client's first call. */
export const FIRST_ID = 2;

/** A client that waits for the answer to `initialize`. */
export function negotiatingClient(config: Partial<ClientConfig> = {}): Drive {
  const client = drive(clientConfig(config));
  client.feed({ type: 'start' });
  client.feed({ type: 'opened' });
  return client;
}

/** A client after its handshake. */
export function readyClient(ready: Ready<ClientConfig> = {}): Drive {
  const client = negotiatingClient(ready.config);
  client.hear(initializeResult(ready.revision, ready.peer));
  return client;
}

/** A server that has answered `initialize`. */
export function answeredServer(ready: Ready<ServerConfig> = {}): Drive {
  const server = drive(serverConfig(ready.config));
  server.hear(initialize(ready.revision, ready.peer));
  return server;
}

/** A server after its handshake. */
export function readyServer(ready: Ready<ServerConfig> = {}): Drive {
  const server = answeredServer(ready);
  server.hear(INITIALIZED);
  return server;
}

/** `initialize` as a client sends it. */
export function initialize(
  protocolVersion: Json = LATEST_REVISION,
  capabilities: Params = CLIENT_CAPABILITIES,
): Params {
  return request('init', 'initialize', { protocolVersion, capabilities, clientInfo: CLIENT_INFO });
}

/** The answer to it as a server sends it. */
export function initializeResult(
  protocolVersion: Json = LATEST_REVISION,
  capabilities: Params = SERVER_CAPABILITIES,
): Params {
  return result(INITIALIZE_ID, { protocolVersion, capabilities, serverInfo: SERVER_INFO });
}

export function request(id: string | number, method: string, params?: Params): Params {
  return { jsonrpc: '2.0', id, method, ...(params ? { params } : {}) };
}

export function notification(method: string, params?: Params): Params {
  return { jsonrpc: '2.0', method, ...(params ? { params } : {}) };
}

export function result(id: string | number, value: Params = {}): Params {
  return { jsonrpc: '2.0', id, result: value };
}

export function failure(id: string | number | null, code = -32603, message = 'no'): Params {
  return { jsonrpc: '2.0', id, error: { code, message } };
}

export const INITIALIZED: Params = notification('notifications/initialized');

export function cancelled(requestId: Json, reason?: string): Params {
  return notification('notifications/cancelled', reason === undefined ? { requestId } : { requestId, reason });
}

export function progress(progressToken: Json, value: Json, more: Params = {}): Params {
  return notification('notifications/progress', { progressToken, progress: value, ...more });
}

/** The effects of one type. */
export function only<T extends Effect['type']>(type: T, effects: readonly Effect[]): Extract<Effect, { type: T }>[] {
  return effects.filter((effect): effect is Extract<Effect, { type: T }> => effect.type === type);
}

/** The messages that are sent. */
export function sent(effects: readonly Effect[]): Json[] {
  return only('send', effects).map(({ message }) => message);
}

/** What is delivered to the application. */
export function delivered(effects: readonly Effect[]) {
  return only('deliver', effects).map(({ item }) => item);
}

/** The faults that are reported. */
export function faults(effects: readonly Effect[]): Fault[] {
  return only('report', effects).map(({ fault }) => fault);
}

/** The codes of the faults that are reported. */
export function codes(effects: readonly Effect[]): string[] {
  return faults(effects).map(({ code }) => code);
}

/** Each settled call with its outcome: `ok`, or what it failed of. */
export function outcomes(effects: readonly Effect[]): [key: number, how: string][] {
  return only('settle', effects).map(({ key, outcome }) => [key, outcome.ok ? 'ok' : outcome.kind]);
}
