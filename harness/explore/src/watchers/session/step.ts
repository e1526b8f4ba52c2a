import type { Config, Effect, Input, Json } from '@mcp-lifeline/core';
import { isJsonObject, type JsonObject } from '@mcp-lifeline/trace';
import type { Heard } from './heard.js';
import type { SessionView, Stage } from './view.js';

/** One step of a session, with what its taps knew before and know after it. */
export interface SessionStep {
  readonly config: Config;
  readonly before: SessionView;
  readonly after: SessionView;
  /** Where it was before. */
  readonly stage: Stage;
  readonly input: Input;
  readonly effects: readonly Effect[];
  /** What came in, message by message, where it counts. */
  readonly heard: readonly Heard[];
}

/** The effects of one type. */
export function asked<T extends Effect['type']>(
  { effects }: Pick<SessionStep, 'effects'>,
  type: T,
): readonly Extract<Effect, { readonly type: T }>[] {
  return effects.filter((effect): effect is Extract<Effect, { readonly type: T }> => effect.type === type);
}

/** Where the first effect of a type stands; -1 where there is none. */
export function placeOf({ effects }: Pick<SessionStep, 'effects'>, type: Effect['type']): number {
  return effects.findIndex((effect) => effect.type === type);
}

/** The messages that are sent, the members of a batch one by one. */
export function sentIn(step: Pick<SessionStep, 'effects'>): readonly JsonObject[] {
  const sent = asked(step, 'send').flatMap(({ message }) => (Array.isArray(message) ? message : [message]) as Json[]);
  return sent.filter(isJsonObject);
}

/** The requests that are sent. */
export function requestsIn(step: Pick<SessionStep, 'effects'>): readonly JsonObject[] {
  return sentIn(step).filter(({ id, method }) => id !== undefined && typeof method === 'string');
}

/** The responses that are sent. */
export function responsesIn(step: Pick<SessionStep, 'effects'>): readonly JsonObject[] {
  return sentIn(step).filter(({ method }) => method === undefined);
}

/** Whether the phase changes to this one. */
export function enters(step: Pick<SessionStep, 'effects'>, phase: string): boolean {
  return asked(step, 'phase').some((effect) => effect.phase === phase);
}

/** The one message of a step that came in alone; null for a batch and for all else. */
export function alone({ input, heard }: SessionStep): Heard | null {
  return input.type === 'received' && !Array.isArray(input.json) ? (heard[0] ?? null) : null;
}

/** What a timer does when it runs out, where it is one that was armed; null where the step is no expiry. */
export function expired({ input, before }: Pick<SessionStep, 'input' | 'before'>): string | null {
  if (input.type !== 'elapsed') return null;
  const { name, generation } = input;
  const isArmed = before.armed.some(
    (one) => one.name === name && (one.generation === 0 || one.generation === generation),
  );
  return isArmed ? name : null;
}

/** The id that a notification of a cancellation names. */
export function cancelledId({ method, params }: JsonObject): Json | undefined {
  return method === 'notifications/cancelled' && isJsonObject(params) ? params.requestId : undefined;
}
