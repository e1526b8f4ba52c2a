import type { ProcessContext, ProcessEnd } from './contract.js';
import type { ProcessEvent } from './machine.js';

/** Remembers that a close was asked for. */
export function noteClose(): Partial<ProcessContext> {
  return { asked: true };
}

/** Remembers how the leader went. */
export function noteExit(event: ProcessEvent): Partial<ProcessContext> {
  return event.type === 'exited' ? { exit: { code: event.code, signal: event.signal } } : {};
}

/** Remembers that nothing more will be read. */
export function noteOutputDone(): Partial<ProcessContext> {
  return { outputDone: true };
}

/** Remembers that the group's id is nobody's any more. */
export function noteGroupGone(): Partial<ProcessContext> {
  return { groupGone: true };
}

/** Remembers why nothing was started. */
export function noteSpawnError(event: ProcessEvent): Partial<ProcessContext> {
  return event.type === 'spawnFailed' ? { spawnError: event.code } : {};
}

/** The actions that leave the machine: named here without code, built in step.ts, done by the driver. */
export const effects = {
  spawn: () => {},
  endInput: () => {},
  signalGroup: (_: unknown, _params: { readonly signal: 'SIGTERM' | 'SIGKILL' }) => {},
  watchGroup: () => {},
  stopReading: () => {},
  over: (_: unknown, _params: { readonly how: ProcessEnd }) => {},
} as const;

type Effects = typeof effects;

/** One action of the machine as data. */
export type ProcessAction = {
  [N in keyof Effects]: { readonly name: N; readonly params: Parameters<Effects[N]>[1] };
}[keyof Effects];
