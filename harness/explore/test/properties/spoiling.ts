import type { Effect } from '@mcp-lifeline/core';
import type { Spoil } from './played.ts';

type OfType<T extends Effect['type']> = Extract<Effect, { readonly type: T }>;

/** Leaves out the effects of a type, all or those that match. */
export function without<T extends Effect['type']>(
  type: T,
  matches: (effect: OfType<T>) => boolean = () => true,
): Spoil {
  return (effects) => effects.filter((effect) => effect.type !== type || !matches(effect as OfType<T>));
}

/** Changes the effects of a type. */
export function changing<T extends Effect['type']>(type: T, change: (effect: OfType<T>) => Effect): Spoil {
  return (effects) => effects.map((effect) => (effect.type === type ? change(effect as OfType<T>) : effect));
}

/** Asks for more, after everything else. */
export function adding(...more: readonly Effect[]): Spoil {
  return (effects) => [...effects, ...more];
}

/** Asks for more, before everything else. */
export function beginningWith(...more: readonly Effect[]): Spoil {
  return (effects) => [...more, ...effects];
}

/** Moves the effects of a type behind all others. */
export function delaying(type: Effect['type']): Spoil {
  return (effects) => [
    ...effects.filter((effect) => effect.type !== type),
    ...effects.filter((effect) => effect.type === type),
  ];
}

/** Does it twice. */
export function doubling(type: Effect['type']): Spoil {
  return (effects) => effects.flatMap((effect) => (effect.type === type ? [effect, effect] : [effect]));
}

/** Turns round the order of the effects of a type, which is that of all. */
export const reversing: Spoil = (effects) => effects.toReversed();

/** Asks for nothing. */
export const nothing: Spoil = () => [];

/** Asks for these and nothing else. */
export function only(...effects: readonly Effect[]): Spoil {
  return () => effects;
}

export function sending(message: OfType<'send'>['message']): Effect {
  return { type: 'send', message, urgent: true };
}

export function settling(key: number, kind: 'closed' | 'cancelled' | 'timeout' = 'closed'): Effect {
  return { type: 'settle', key, outcome: { ok: false, kind, sent: true } };
}

export function reporting(code: OfType<'report'>['fault']['code'], blame: 'peer' | 'us' = 'peer'): Effect {
  return { type: 'report', fault: { blame, code, state: 'ready', expected: '', got: '' } };
}

export function arming(name: OfType<'arm'>['name']): Effect {
  return { type: 'arm', name, generation: 99, at: 0 };
}
