import type { Effect, Input, Json } from '@mcp-lifeline/core';
import type { ProcessEffect, ProcessInput } from '@mcp-lifeline/core/process';
import type { TraceEvent } from '@mcp-lifeline/trace';

/**
 * What an explorer can walk through: states as rows of numbers, and the moves that lead from one to the next.
 *
 * A number of a row is the index of something that was met before and is kept once: a core's state, what a channel holds,
 * what the watchers remember. A row is a whole state: two that are equal have the same future.
 */
export interface System {
  /** Numbers in a row. Each is at least 0 and below 2^31. */
  readonly width: number;
  /** Where it begins. */
  initial(): Int32Array;
  /**
   * Tells every move that is possible now and the row it leads to, in the same order each time. A row that is handed out
   * belongs to the system: whoever keeps it copies it.
   */
  expand(row: Int32Array, visit: (move: number, next: Int32Array) => void): void;
  /** What a move is. There are few of them: numbers from 0 on, stable while the system lives. */
  move(move: number): MoveInfo;
}

/** A move as people and fairness see it. */
export interface MoveInfo {
  /** In words that name who does what, such as `client: the timer startup runs out`. */
  readonly name: string;
  /**
   * What the world promises of it. `weak`: not possible for ever without happening. `strong`: not possible again and again
   * without happening. `none`: it may never happen (faults, and whatever an application is free to do).
   */
  readonly fairness: 'weak' | 'strong' | 'none';
}

/** Something that must be so, as a sentence. `id` is its name in reports and never changes its meaning. */
export interface Named {
  readonly id: string;
  readonly title: string;
}

/** Must hold in every state that can be reached. */
export interface Always extends Named {
  readonly kind: 'always';
  /** Null, or what is wrong. */
  violation(row: Int32Array): string | null;
}

/** Must be seen at least once: without it, what always holds may hold of nothing. */
export interface Sometimes extends Named {
  readonly kind: 'sometimes';
  /** Asked of the row that a step leads to, right after that step, until it is seen: so it may also tell of the step itself. */
  seen(row: Int32Array): boolean;
}

/** Whenever `from` holds, `to` holds then or later on every way that is fair. */
export interface Eventually extends Named {
  readonly kind: 'eventually';
  from(row: Int32Array): boolean;
  to(row: Int32Array): boolean;
}

export type Property = Always | Sometimes | Eventually;

/** One end of the session, or the host of the server's process. */
export type Part = 'client' | 'server' | 'process';

/**
 * What watchers see: one step of one core, or what the world did beside it.
 *
 * `before` and `after` are what `abstract` tells of that core. `events` are the same thing as taps would have recorded it, with
 * `seq` and `t` 0 throughout, so that what a watcher remembers stays finite.
 */
export type Observation = {
  readonly events: readonly TraceEvent[];
} & (
  | {
      readonly part: 'client' | 'server';
      readonly input: Input;
      readonly effects: readonly Effect[];
      readonly before: Json;
      readonly after: Json;
    }
  | {
      readonly part: 'process';
      readonly input: ProcessInput;
      readonly effects: readonly ProcessEffect[];
      readonly before: Json;
      readonly after: Json;
    }
  /** No core stepped: the server's process was gone, a message was lost. `what` is the name of the move. */
  | { readonly part: 'world'; readonly what: string }
);

/**
 * A statement over what is observed, as a pure reducer with JSON state, so that it is carried along in the explorer's states.
 *
 * It remembers what is unsettled and forgets what is settled: whatever it keeps multiplies the states.
 */
export interface Watcher<S = Json> extends Named {
  readonly initial: S;
  see(state: S, observation: Observation): S;
  /** Null, or what is wrong; once it is told it stays. */
  violation(state: S): string | null;
  /** Whether what it is about has happened at all: the witness of this watcher. */
  triggered(state: S): boolean;
  /**
   * The state without what only `triggered` reads. Whoever asks `triggered` after each step, and keeps the answer beside the
   * states, goes on from this instead: one witness is enough, and what remembers it multiplies the states.
   */
  forget(state: S): S;
}
