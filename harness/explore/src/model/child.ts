import type { ProcessEffect, ProcessTimer } from '@mcp-lifeline/core/process';

/**
 * The server's process as the operating system has it, and what its core was told and asked for. As with a host, what may
 * happen follows from this alone.
 */
export interface Child {
  /** The process itself, the leader of its group. */
  readonly leader: 'none' | 'starting' | 'alive' | 'dead';
  readonly exit: { readonly code: number | null; readonly signal: string | null } | null;
  /** Something that it started lives in its group, and holds its output open. */
  readonly hasDescendant: boolean;
  /** A SIGTERM is on its way to it. */
  readonly isSignalled: boolean;
  readonly inputEnded: boolean;
  /** The end of its output is in the pipe. */
  readonly outputEnded: boolean;
  /** Somebody reads its output. */
  readonly isRead: boolean;
  /** Somebody waits for the end of its group. */
  readonly isWatched: boolean;
  /** What the client's side was told. */
  readonly told: {
    readonly opened: boolean;
    readonly broken: boolean;
    readonly exit: boolean;
    readonly groupGone: boolean;
  };
  /** The timers that the core asked for, each with whether it knows their generation. */
  readonly timers: { readonly [N in ProcessTimer]?: 'known' | 'unknown' };
  readonly isOver: boolean;
}

/** Before anything was asked for. */
export const NO_CHILD: Child = {
  leader: 'none',
  exit: null,
  hasDescendant: false,
  isSignalled: false,
  inputEnded: false,
  outputEnded: false,
  isRead: true,
  isWatched: false,
  told: { opened: false, broken: false, exit: false, groupGone: false },
  timers: {},
  isOver: false,
};

/** All that is left once the core of the process has said that it is over. */
export const OVER: Child = { ...NO_CHILD, isRead: false, isOver: true };

/** Something was told to the client's side. */
export function told(child: Child, what: keyof Child['told']): Child {
  return { ...child, told: { ...child.told, [what]: true } };
}

/** The process is gone, for whatever reason. */
export function died(child: Child, exit: NonNullable<Child['exit']>): Child {
  return { ...child, leader: 'dead', exit, isSignalled: false };
}

/** Whether its output has come to an end that is not in the pipe yet: nobody is left to write. */
export function owesEnd({ leader, hasDescendant, outputEnded }: Child): boolean {
  return leader === 'dead' && !hasDescendant && !outputEnded;
}

/** What an effect of the process's core means to the child. */
export function noteEffect(child: Child, effect: ProcessEffect): Child {
  switch (effect.type) {
    case 'spawn':
      return { ...child, leader: 'starting' };
    case 'endInput':
      return { ...child, inputEnded: true };
    case 'signalGroup':
      return effect.signal === 'SIGTERM' ? { ...child, isSignalled: child.leader === 'alive' } : killed(child);
    case 'watchGroup':
      return { ...child, isWatched: true };
    case 'stopReading':
      return { ...child, isRead: false };
    case 'arm': {
      const timers = { ...child.timers, [effect.name]: effect.generation > 0 ? 'known' : 'unknown' };
      return { ...child, timers: Object.fromEntries(Object.entries(timers).sort(([a], [b]) => (a < b ? -1 : 1))) };
    }
    case 'disarm':
      return withoutTimer(child, effect.name);
    case 'over':
      return { ...child, isOver: true };
  }
}

/** A timer has run out, or is not wanted any more. */
export function withoutTimer(child: Child, name: ProcessTimer): Child {
  const { [name]: _, ...timers } = child.timers;
  return { ...child, timers };
}

function killed(child: Child): Child {
  const alone = { ...child, hasDescendant: false };
  return child.leader === 'alive' ? died(alone, { code: null, signal: 'SIGKILL' }) : alone;
}
