import type { ProcessEffect } from '@mcp-lifeline/core/process';
import type { Spoil } from './process-life.ts';

/** Leaves out the effects of a type. */
export function without(type: ProcessEffect['type']): Spoil {
  return (effects) => effects.filter((effect) => effect.type !== type);
}

/** Asks for more, after everything else. */
export function adding(...more: readonly ProcessEffect[]): Spoil {
  return (effects) => [...effects, ...more];
}

/** Changes the end that is told. */
export function ending(change: Partial<Extract<ProcessEffect, { readonly type: 'over' }>>): Spoil {
  return (effects) => effects.map((effect) => (effect.type === 'over' ? { ...effect, ...change } : effect));
}

/** Turns round the order of what is asked for. */
export const reversing: Spoil = (effects) => effects.toReversed();

/** Asks for nothing. */
export const nothing: Spoil = () => [];

export const SIGTERM: ProcessEffect = { type: 'signalGroup', signal: 'SIGTERM' };
export const SIGKILL: ProcessEffect = { type: 'signalGroup', signal: 'SIGKILL' };
export const END_INPUT: ProcessEffect = { type: 'endInput' };
export const WATCH: ProcessEffect = { type: 'watchGroup' };
export const STOP_READING: ProcessEffect = { type: 'stopReading' };
export const REAPED: ProcessEffect = { type: 'over', how: 'reaped', code: 3, signal: null, spawnError: null };
export const ABANDONED: ProcessEffect = { type: 'over', how: 'abandoned', code: 3, signal: null, spawnError: null };
