import type { Effect } from '@mcp-lifeline/core';
import { ClosedError, type LifelineError, NotAllowedError } from './errors.js';

/** Why a step sent nothing of what the application gave it: the core reports what is not allowed, and drops what is late. */
export function whyUnsent(what: string, effects: readonly Effect[]): LifelineError {
  for (const effect of effects) {
    if (effect.type === 'report') return new NotAllowedError(what, effect.fault.expected);
  }
  return new ClosedError(`${what} was not sent: the session has ended`, false);
}

/** The wire id that a call got in its step. */
export function idSent(effects: readonly Effect[]): number | undefined {
  for (const effect of effects) {
    if (effect.type !== 'send' || typeof effect.message !== 'object' || effect.message === null) continue;
    if ('id' in effect.message && typeof effect.message.id === 'number') return effect.message.id;
  }
  return undefined;
}
