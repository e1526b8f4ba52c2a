import type { Effect, Input } from '@mcp-lifeline/core';

/** What the taps at one end of a session remember from step to step: JSON, and little of it. */
export interface Tapped {
  /** Its application asked for the end, by `close` or `kill`. */
  readonly asked: boolean;
  readonly signalled: boolean;
  /** Somebody asked a second time, or the process is past repair: what is not cleaned up by then never will be. */
  readonly impatient: boolean;
  readonly cleanedUp: boolean;
  /** The application was told of the end: nothing is remembered from then on. */
  readonly over: boolean;
}

/** Nothing happened yet. */
export const NOTHING_TAPPED: Tapped = Object.freeze({
  asked: false,
  signalled: false,
  impatient: false,
  cleanedUp: false,
  over: false,
});

/** Takes in what was asked of a session, before it steps. */
export function tapInput(tapped: Tapped, input: Input): Tapped {
  if (tapped.over) return tapped;
  switch (input.type) {
    case 'close':
      return tapped.asked ? impatiently(tapped) : { ...tapped, asked: true };
    case 'kill':
      return { ...impatiently(tapped), asked: true };
    case 'signalled':
      return tapped.signalled ? impatiently(tapped) : { ...tapped, signalled: true };
    case 'uncaught':
      return impatiently(tapped);
    default:
      return tapped;
  }
}

/** Takes in what a step asked for, after it. */
export function tapEffects(tapped: Tapped, effects: readonly Effect[]): Tapped {
  if (tapped.over) return tapped;
  if (effects.some((effect) => effect.type === 'phase' && effect.phase === 'closed')) return OVER;
  return effects.some(({ type }) => type === 'cleanUp') ? { ...tapped, cleanedUp: true } : tapped;
}

const OVER: Tapped = Object.freeze({ ...NOTHING_TAPPED, over: true });

function impatiently(tapped: Tapped): Tapped {
  return tapped.impatient ? tapped : { ...tapped, impatient: true };
}
