import type { Json } from '@mcp-lifeline/core';
import type { ClauseId } from '@mcp-lifeline/specs';
import type { Named, Observation, Watcher } from '../contract.js';

/** Where people look a sentence up: the clause that it serves, or the page that promises it. */
export type Source = ClauseId | `docs/${string}` | 'packages/core/README.md';

/** One sentence that is read from what a group remembers. */
export interface Reading<S = Json> extends Named {
  readonly source: Source;
  /** Null, or what is wrong; once it is told it stays. */
  violation(state: S): string | null;
  /** Whether what it is about has happened at all: its witness. */
  triggered(state: S): boolean;
}

/** Watchers that remember the same, and so share one memory: a pure reducer with JSON state, and what is read from it. */
export interface WatcherGroup<S = Json> {
  readonly initial: S;
  see(state: S, observation: Observation): S;
  /** See {@link Watcher.forget}. */
  forget(state: S): S;
  readonly readings: readonly Reading<S>[];
}

/** The sentences of a group as watchers of their own, each with a memory to itself. */
export function watchersIn<S>({ initial, see, forget, readings }: WatcherGroup<S>): readonly Watcher<S>[] {
  return readings.map(({ id, title, violation, triggered }) => {
    return { id, title, initial, see, forget, violation, triggered };
  });
}
