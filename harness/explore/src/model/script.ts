import type { Json } from '@mcp-lifeline/core';
import type { MoveInfo } from '../contract.js';
import type { Happening } from './happening.js';
import type { Role } from './wire-ids.js';

/** An end of the session that is no core: it says what its author wrote down, legal or not. Its states are JSON. */
export interface Script<S = unknown> {
  readonly role: Role;
  /** What it may do, and how often, for people. */
  readonly bounds: Readonly<Record<string, string | number>>;
  readonly initial: S;
  /** Takes in what happens to it; what it makes of it are moves. */
  hear(state: S, happening: Happening): S;
  /** What it may do now, in a fixed order. */
  moves(state: S): readonly ScriptMove<S>[];
  /** The wire ids of pings that it has not answered and may answer. */
  pingsHeld(state: S): readonly Json[];
}

/** Something that a script may do. */
export interface ScriptMove<S> extends MoveInfo {
  readonly next: S;
  readonly sends: readonly Json[];
  /** What it does after that. One that ends its output, or whose process exits, is heard of no more. */
  readonly asks?:
    | { readonly type: 'open' | 'close' | 'kill' | 'endOutput' }
    | { readonly type: 'exit'; readonly code: number };
}
