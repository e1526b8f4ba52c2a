import type { Config, Effect, Input, Json, Params, Phase, TimerName } from '@mcp-lifeline/core';
import type { CoreUnderTest } from '../core-under-test.js';
import { CLIENT_TIMES, SERVER_TIMES } from './durations.js';
import { Life, type NamedEffect } from './life.js';
import { Broken } from './timed-property.js';

/** An input without its time. */
export type SessionInput = Input extends infer One ? (One extends Input ? Omit<One, 'now'> : never) : never;

/** A session on a virtual clock. */
export type SessionLife = Life<SessionInput, TimerName>;

/** When every life begins, in ms: not 0, so that a duration is never taken for a time, and on no full sweep. */
export const BEGIN = 100_003;

/** Opens a session on a clock that shows `BEGIN`. */
export function sessionOf(core: CoreUnderTest, config: Config): SessionLife {
  const [first, effects] = core.open(config, BEGIN);
  let state = first;
  let heard = BEGIN;
  let phase: Phase = 'opening';
  const take = (input: Input): readonly NamedEffect[] => {
    const [next, asked] = core.step(state, input);
    state = next;
    for (const effect of asked) if (effect.type === 'phase') phase = effect.phase;
    // Whoever asks is told the same as who was told.
    if (core.phase(state) !== phase)
      throw new Broken(`${input.now}: it says that it is ${core.phase(state)}, not ${phase}`);
    return asked.map(withText);
  };
  return new Life<SessionInput, TimerName>(
    BEGIN,
    {
      input: (input, now) => {
        if (input.type === 'received' || input.type === 'garbled') heard = now;
        return take({ ...input, now } as Input);
      },
      expiry: ({ name, generation }, now) => take({ type: 'elapsed', name, generation, heard, now }),
    },
    effects.map(withText),
  );
}

/** A client that was started, with its channel open and its `initialize` out: request 1. All of it at `BEGIN`. */
export function negotiatingClient(core: CoreUnderTest, config: Config = CLIENT_TIMES): SessionLife {
  return sessionOf(core, config).feed({ type: 'start' }, { type: 'opened' });
}

/** A client that became ready at `BEGIN`. Its calls have the wire ids 2, 3, ... */
export function readyClient(core: CoreUnderTest, config: Config = CLIENT_TIMES): SessionLife {
  return negotiatingClient(core, config).feed(INITIALIZE_ANSWERED);
}

/** A server that became ready at `BEGIN`. Its calls have the wire ids 1, 2, ... */
export function readyServer(core: CoreUnderTest, config: Config = SERVER_TIMES): SessionLife {
  return sessionOf(core, config).feed(INITIALIZE_ASKED, INITIALIZED);
}

/** One message that comes in. */
export function received(message: Params): SessionInput {
  return { type: 'received', json: { jsonrpc: '2.0', ...message } };
}

/** An answer to our request of that wire id. */
export function answered(id: number): SessionInput {
  return received({ id, result: {} });
}

/** A request of the peer that a handler works on; the first of a session gets the key 1. */
export function requested(id: number): SessionInput {
  return received({ id, method: 'custom/ask' });
}

/** A sign of life that means nothing else. */
export const SIGN: SessionInput = received({ method: 'notifications/custom' });

/** What came in and is no message: a sign of life too. */
export const GARBAGE: SessionInput = { type: 'garbled', why: 'notJson', text: '?', bytes: 1 };

const INFO = { name: 'peer', version: '0' };

/** The answer to request 1. */
export const INITIALIZE_ANSWERED: SessionInput = received({
  id: 1,
  result: { protocolVersion: '2025-11-25', capabilities: {}, serverInfo: INFO },
});

/** A server is asked for the handshake. */
export const INITIALIZE_ASKED: SessionInput = received({
  id: 'i',
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: INFO },
});

/** It is told that the handshake is complete. */
export const INITIALIZED: SessionInput = received({ method: 'notifications/initialized' });

function withText(effect: Effect): NamedEffect {
  return { ...effect, text: textOf(effect) };
}

/** In words: `send ping`, `phase closing startup`, `settle 7 timeout`. */
function textOf(effect: Effect): string {
  switch (effect.type) {
    case 'send':
      return `send ${messageText(effect.message)}`;
    case 'deliver':
      return `deliver ${effect.item.kind}`;
    case 'settle':
      return `settle ${effect.key} ${effect.outcome.ok ? 'result' : effect.outcome.kind}`;
    case 'abort':
      return `abort ${effect.key}`;
    case 'closeChannel':
      return `closeChannel ${effect.mode}`;
    case 'cleanUp':
      return `cleanUp ${effect.why}`;
    case 'exit':
      return `exit ${effect.code}`;
    case 'phase':
      return effect.why === undefined ? `phase ${effect.phase}` : `phase ${effect.phase} ${effect.why}`;
    case 'report':
      return `report ${effect.fault.code}`;
    default:
      return effect.type;
  }
}

function messageText(message: Json): string {
  const { method, error } = message as { readonly method?: string; readonly error?: unknown };
  return method ?? (error === undefined ? 'result' : 'error');
}
