import type { SavedSnapshot } from '../pure-xstate.js';

/** How long each step of leading a process out may take, in ms: finite, not negative, at most 2^31 - 1. */
export interface ProcessConfig {
  /** From the leader's exit to giving up on output that a descendant still holds open. */
  readonly drainMs: number;
  /** From the end of input to SIGTERM. */
  readonly graceMs: number;
  /** From SIGTERM to SIGKILL. */
  readonly termMs: number;
  /** From SIGKILL to `abandoned`. */
  readonly reapMs: number;
}

/** The timers, at most one armed under each name. */
export type ProcessTimer = 'drain' | 'grace' | 'term' | 'reap';

/**
 * One thing that happened to the process (past tense) or is asked for (imperative).
 *
 * `now` is monotonic, in ms; one smaller than the last counts as the last. Nothing is heard of a process before
 * `spawned`, and nothing of its group before `watchGroup`: what comes too early changes nothing.
 */
export type ProcessInput = { readonly now: number } & (
  | { readonly type: 'start' }
  /** Leave gracefully; asked for a second time it is `kill`. */
  | { readonly type: 'close' }
  /** Leave now. */
  | { readonly type: 'kill' }
  | { readonly type: 'spawned' }
  /** `code` names the reason, such as `ENOENT`. */
  | { readonly type: 'spawnFailed'; readonly code: string }
  /** The output was read to its end; its last byte was handed on before this. */
  | { readonly type: 'outputEnded' }
  /** Writing failed. Only our half is dead: the process may still speak. */
  | { readonly type: 'inputBroken' }
  /** The leader of the group, the process itself, is gone; exactly one of `code` and `signal` is null. */
  | { readonly type: 'exited'; readonly code: number | null; readonly signal: string | null }
  /** The answer to `watchGroup`: no member of the group lives. */
  | { readonly type: 'groupGone' }
  /** A timer ran out; with any other generation than the armed one it is stale, and changes nothing. */
  | { readonly type: 'elapsed'; readonly name: ProcessTimer; readonly generation: number }
);

/** How a process ended: all of its group is gone; it outlived SIGKILL or nobody reaped it; it never began. */
export type ProcessEnd = 'reaped' | 'abandoned' | 'neverStarted';

/** One thing to do. A step's effects are done in order and to the end before the next input is stepped. */
export type ProcessEffect =
  /** Start the process as the leader of a group of its own; answered by `spawned` or `spawnFailed`. */
  | { readonly type: 'spawn' }
  | { readonly type: 'endInput' }
  | { readonly type: 'signalGroup'; readonly signal: 'SIGTERM' | 'SIGKILL' }
  /** Say `groupGone` once no member of the group lives. The group's id must not be used after that. */
  | { readonly type: 'watchGroup' }
  /** Give up on the output: what comes now is nobody's. */
  | { readonly type: 'stopReading' }
  /** `at` is the absolute due time in ms on the clock of `now`. */
  | { readonly type: 'arm'; readonly name: ProcessTimer; readonly generation: number; readonly at: number }
  | { readonly type: 'disarm'; readonly name: ProcessTimer }
  /** The end, once, after every other effect; `spawnError` is the code of `spawnFailed`. */
  | {
      readonly type: 'over';
      readonly how: ProcessEnd;
      readonly code: number | null;
      readonly signal: string | null;
      readonly spawnError: string | null;
    };

/** The machine's present state; `spawning` is told apart by what is to become of the process once it exists. */
export type ProcessPhase =
  | 'idle'
  | 'spawning.wanted'
  | 'spawning.unwanted'
  | 'spawning.doomed'
  | 'running'
  | 'endingInput'
  | 'terminating'
  | 'killing'
  | 'hearingOut'
  | ProcessEnd;

/** What the machine has to remember beside its state. */
export interface ProcessContext {
  /** `close` was asked for, so the next one is a kill. */
  readonly asked: boolean;
  /** How the leader went; null while it lives, as far as we know. */
  readonly exit: { readonly code: number | null; readonly signal: string | null } | null;
  /** The output was read to its end, or given up. */
  readonly outputDone: boolean;
  /** No member of the group lives; its id may belong to somebody else now. */
  readonly groupGone: boolean;
  readonly spawnError: string | null;
}

declare const opaque: unique symbol;

/** The live state of one process: immutable and opaque; read it by `phase`, `isOver`, `abstract` and `save`. */
export interface ProcessState {
  readonly [opaque]: 'ProcessState';
}

/** One timer that is armed. */
export interface ArmedTimer {
  readonly generation: number;
  /** The absolute due time in ms. */
  readonly at: number;
}

/** The timers that are armed, by name. */
export type ProcessTimers = { readonly [N in ProcessTimer]?: ArmedTimer };

/** What `save` yields and `restore` takes: JSON. */
export interface SavedProcess {
  readonly format: 1;
  readonly role: 'process';
  readonly config: ProcessConfig;
  readonly machine: SavedSnapshot<ProcessContext>;
  readonly timers: ProcessTimers;
  /** Of the last arming. */
  readonly generation: number;
  readonly now: number;
}
