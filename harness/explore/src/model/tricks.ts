import type { Json } from '@mcp-lifeline/core';
import type { ScriptMove } from './script.js';

/** What a rogue remembers of its tricks, whichever side it is. */
export interface Tricks {
  /** How many it may play yet. */
  readonly tricks: number;
  /** What it answered last, for as long as it may answer again. */
  readonly last: Json | null;
}

/** Something that it may do, or leave. */
export function move<S>(name: string, next: S, sends: readonly Json[]): ScriptMove<S> {
  return { name, fairness: 'none', next, sends };
}

/** Sends something as a trick, and remembers nothing of it. */
export function play<S extends Tricks>(state: S, name: string, sends: readonly Json[]): ScriptMove<S> {
  return trick(move(name, state, sends));
}

/** A move as one of its tricks. After the last of them nothing can be answered again. */
export function trick<S extends Tricks>(made: ScriptMove<S>): ScriptMove<S> {
  const tricks = made.next.tricks - 1;
  return { ...made, next: { ...made.next, tricks, last: tricks > 0 ? made.next.last : null } };
}

/** How many tricks of which kinds it plays, for people. */
export function tricksText(tricks: number, kinds: readonly string[]): string {
  return tricks === 0 ? 'none' : `${tricks} of ${kinds.join(', ')}`;
}
