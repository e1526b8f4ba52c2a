import type { Config, Delivery, Effect, Input, Json, Outcome } from '@mcp-lifeline/core';
import { type AppData, type End, type EventData, isJsonObject, type TraceEvent } from '@mcp-lifeline/trace';
import { type Stamping, unstamped } from './stamp.js';
import { type Tapped, tapEffects, tapInput } from './tapped.js';
import { bytesOf } from './text.js';

/**
 * What the taps at one end see before its core steps: what a client was set to speak, that a server has a clean-up.
 *
 * @param config of the session.
 */
export function observeOpening({ role, revisions }: Config, stamp: Stamping = unstamped): readonly TraceEvent[] {
  const data: AppData = role === 'client' ? { kind: 'speaks', data: { revisions } } : { kind: 'cleanUpSet' };
  return stamped(role, [app(data)], stamp);
}

/**
 * What the taps at one end see of one step of its core: first the input, as it comes in or is asked for, then the effects in
 * their order. It is what `@mcp-lifeline/driver` records, for an application with a handler for whatever is delivered.
 *
 * @param at the end, which is the role of the core.
 * @param tapped what was remembered so far: {@link NOTHING_TAPPED} to begin with.
 * @returns what is to be remembered, and the events.
 */
export function observeSession(
  at: End,
  tapped: Tapped,
  input: Input,
  effects: readonly Effect[],
  stamp: Stamping = unstamped,
): readonly [Tapped, readonly TraceEvent[]] {
  const heard = tapInput(tapped, input);
  const seen = eventsOfInput(tapped, input, effects);
  const isGraceful = !heard.impatient || tapped.cleanedUp;
  for (const effect of effects) seen.push(...eventsOfEffect(effect));
  for (const effect of effects) {
    if (effect.type !== 'phase' || effect.phase !== 'closed') continue;
    // The application is told when all else is done.
    seen.push(app({ kind: 'closed', data: { why: effect.why ?? 'asked', graceful: isGraceful } }));
  }
  return [tapEffects(heard, effects), stamped(at, seen, stamp)];
}

function eventsOfInput(tapped: Tapped, input: Input, effects: readonly Effect[]): EventData[] {
  switch (input.type) {
    case 'received':
      // A channel hands on what it parsed.
      return [crossing('received', input.json as Json)];
    case 'garbled':
      return [{ plane: 'wire', kind: 'garbled', why: input.why, text: input.text, bytes: input.bytes }];
    case 'call':
      return eventsOfCall(input, effects);
    case 'answer':
      return [app({ kind: 'handlerEnded', data: { key: input.key } })];
    case 'close':
      return tapped.asked ? [app({ kind: 'killAsked' })] : [];
    case 'kill':
      return [app({ kind: 'killAsked' })];
    default:
      return [];
  }
}

function eventsOfCall(input: Extract<Input, { readonly type: 'call' }>, effects: readonly Effect[]): EventData[] {
  const { key, method } = input;
  const asked = { key, method };
  const data = input.wantsProgress === false ? asked : { ...asked, wantsProgress: true };
  const called = app({ kind: 'called', data });
  const id = idSent(method, effects);
  return id === undefined ? [called] : [called, app({ kind: 'numbered', data: { key, id } })];
}

/** The wire id that a call got in its step. */
function idSent(method: string, effects: readonly Effect[]): string | number | undefined {
  for (const effect of effects) {
    if (effect.type !== 'send' || !isJsonObject(effect.message) || effect.message.method !== method) continue;
    const { id } = effect.message;
    if (typeof id === 'number' || typeof id === 'string') return id;
  }
  return undefined;
}

function eventsOfEffect(effect: Effect): EventData[] {
  switch (effect.type) {
    case 'send':
      return [crossing('sent', effect.message)];
    case 'deliver':
      return [app(dataOfDelivery(effect.item))];
    case 'abort':
      return [app({ kind: 'handlerAborted', data: { key: effect.key } })];
    case 'settle':
      return [app({ kind: 'settled', data: { key: effect.key, ...dataOfOutcome(effect.outcome) } })];
    case 'cleanUp':
      return [app({ kind: 'cleanUpRan' })];
    default:
      return [];
  }
}

function dataOfDelivery(item: Delivery): AppData {
  switch (item.kind) {
    case 'request':
      return { kind: 'handlerStarted', data: { key: item.key, method: item.method } };
    case 'notification':
      return { kind: 'delivered', data: { item: 'notification', method: item.method } };
    case 'progress':
      return { kind: 'delivered', data: { item: 'progress', key: item.key, progress: item.progress } };
  }
}

function dataOfOutcome(
  outcome: Outcome,
): Pick<Extract<AppData, { readonly kind: 'settled' }>['data'], 'outcome' | 'sent'> {
  if (outcome.ok) return { outcome: 'result', sent: true };
  if (outcome.kind === 'peer') return { outcome: 'error', sent: true };
  return { outcome: outcome.kind, sent: outcome.sent };
}

function crossing(kind: 'sent' | 'received', message: Json): EventData {
  return { plane: 'wire', kind, message, bytes: bytesOf(message) };
}

function app(data: AppData): EventData {
  return { plane: 'app', ...data };
}

function stamped(at: End, seen: readonly EventData[], stamp: Stamping): readonly TraceEvent[] {
  return seen.map((data) => ({ ...stamp(), at, ...data }));
}
