import {
  CLIENT_DEFAULTS,
  type ClientConfig,
  type Config,
  type Effect,
  type Input,
  type Json,
  open,
  type Params,
  SERVER_DEFAULTS,
  type ServerConfig,
  type State,
  step,
  type TimerName,
} from '@mcp-lifeline/core';
import { save } from '@mcp-lifeline/core/saving';
import type { Observation } from '../../src/contract.ts';
import { NOTHING_TAPPED, observeOpening, observeSession, type Tapped } from '../../src/observe/index.ts';

/** An input without its time. */
export type Happening = Input extends infer I ? (I extends Input ? Omit<I, 'now'> : never) : never;

/** Changes what a step asks for, before anybody sees it. */
export type Spoil = (effects: readonly Effect[]) => readonly Effect[];

/** A session of the real core, with everything that taps saw of it. */
export interface Played {
  readonly config: Config;
  readonly observations: readonly Observation[];
  /** Steps one input. */
  feed(happening: Happening, spoil?: Spoil): Played;
  /** Steps each message from the peer. */
  hear(...messages: readonly unknown[]): Played;
  /** Lets a timer that is armed run out when it is due. `heard`: when a byte last came, in ms; long ago by default. */
  expiry(name: TimerName, heard?: number): Happening;
  /** The wire id of the request that was sent last. */
  readonly lastId: number;
}

/** Plays a session from its beginning. */
export function play(config: Config): Played {
  const observations: Observation[] = [{ part: 'world', what: 'opened', events: observeOpening(config) }];
  const { role } = config;
  let [state] = open(config, 0);
  let tapped: Tapped = NOTHING_TAPPED;
  let now = 0;
  let lastId = 0;
  const played: Played = {
    config,
    observations,
    get lastId() {
      return lastId;
    },
    feed(happening, spoil = (effects) => effects) {
      const input = { ...happening, now } as Input;
      const [next, effects] = step(state, input);
      state = next;
      const shown = spoil(effects);
      const [remembered, events] = observeSession(role, tapped, input, shown);
      tapped = remembered;
      lastId = idIn(effects) ?? lastId;
      observations.push({ part: role, input, effects: shown, events, before: null, after: null });
      return played;
    },
    hear(...messages) {
      for (const json of messages) played.feed({ type: 'received', json });
      return played;
    },
    expiry(name, heard = 0) {
      const timer = armed(state, name);
      now = Math.max(now, timer.at);
      return { type: 'elapsed', name, generation: timer.generation, heard };
    },
  };
  return played;
}

/** A client with roots, of a server with tools. */
export const CLIENT: ClientConfig = {
  ...CLIENT_DEFAULTS,
  info: { name: 'client', version: '1' },
  capabilities: { roots: { listChanged: true } },
  revisions: ['2025-03-26', '2025-06-18'],
};

export const SERVER: ServerConfig = {
  ...SERVER_DEFAULTS,
  info: { name: 'server', version: '1' },
  capabilities: { tools: {} },
  revisions: ['2025-03-26', '2025-06-18'],
};

export const WATCHING = { keepaliveMs: 1_000, misses: 2 } as const;

/** A client before its start. */
export function idleClient(more: Partial<ClientConfig> = {}): Played {
  return play({ ...CLIENT, ...more });
}

export function openingClient(more: Partial<ClientConfig> = {}): Played {
  return idleClient(more).feed({ type: 'start' });
}

export function negotiatingClient(more: Partial<ClientConfig> = {}): Played {
  return openingClient(more).feed({ type: 'opened' });
}

export function readyClient(more: Partial<ClientConfig> = {}, revision = '2025-06-18'): Played {
  return negotiatingClient(more).hear(initializeResult(revision));
}

/** A client that has closed its channel and waits. */
export function leavingClient(): Played {
  return readyClient().feed({ type: 'ended' });
}

export function closedClient(): Played {
  return readyClient().feed({ type: 'gone' });
}

/** A server before its first message. */
export function listeningServer(more: Partial<ServerConfig> = {}): Played {
  return play({ ...SERVER, ...more });
}

export function answeredServer(more: Partial<ServerConfig> = {}, revision = '2025-06-18'): Played {
  return listeningServer(more).hear(initialize(revision));
}

export function readyServer(more: Partial<ServerConfig> = {}, revision = '2025-06-18'): Played {
  return answeredServer(more, revision).hear(INITIALIZED);
}

/** A server that cleans up. */
export function drainingServer(): Played {
  return readyServer().feed({ type: 'ended' });
}

/** A server that lets one handler, 1, finish. */
export function finishingServer(): Played {
  return readyServer({ drainMs: 100 }).hear(request(7, 'tools/call')).feed({ type: 'ended' });
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

export function failure(id: string | number | null): Params {
  return { jsonrpc: '2.0', id, error: { code: -32_000, message: 'no' } };
}

export function progress(progressToken: Json, told: number): Params {
  return notification('notifications/progress', { progressToken, progress: told });
}

export function cancelled(requestId: Json): Params {
  return notification('notifications/cancelled', { requestId });
}

export const INITIALIZED = notification('notifications/initialized');

export function initialize(protocolVersion: Json): Params {
  const clientInfo = { name: 'client', version: '1' };
  return request('i', 'initialize', { protocolVersion, capabilities: { roots: {} }, clientInfo });
}

/** The answer to the `initialize` of a client, whose id is the first. */
export function initializeResult(protocolVersion: Json): Params {
  return result(1, { protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'server', version: '1' } });
}

/** A call of the application. */
export function call(key: number, method: string, more: Partial<Extract<Happening, { type: 'call' }>> = {}): Happening {
  return { type: 'call', key, method, ...more };
}

function armed(state: State, name: TimerName): { readonly generation: number; readonly at: number } {
  const timer = save(state).timers[name];
  if (timer === undefined) throw new Error(`${name} is not armed`);
  return timer;
}

function idIn(effects: readonly Effect[]): number | undefined {
  const [id] = effects.flatMap((effect) => {
    const message = effect.type === 'send' && typeof effect.message === 'object' ? effect.message : null;
    const isRequest = message !== null && 'method' in message && 'id' in message && typeof message.id === 'number';
    return isRequest ? [message.id as number] : [];
  });
  return id;
}
