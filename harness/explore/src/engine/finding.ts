import type { Property } from '../contract.js';
import type { Step } from '../exploration.js';

/** A way through the states, from the first one on. */
export interface Path {
  readonly start: Int32Array;
  readonly steps: readonly Step[];
}

/** What was found out about a property. */
export type Finding = Pick<Property, 'id' | 'title' | 'kind'> & Outcome;

export type Outcome =
  /** Of all states, or of all ways that are fair; and what it is about was met. */
  | { readonly status: 'holds' }
  /** `path` is a shortest one. What `cycle` holds may happen again and again from its end on, for ever. */
  | { readonly status: 'violated'; readonly why: string; readonly path: Path; readonly cycle?: readonly Step[] }
  /** A shortest path to a state in which it was seen. */
  | { readonly status: 'witnessed'; readonly path: Path }
  /** What it is about was never met: of a `sometimes` its witness, of an `eventually` that from which it must follow. */
  | { readonly status: 'neverSeen' }
  /** Nothing speaks against it so far, but there are states that nobody looked at. */
  | { readonly status: 'undecided' };

/**
 * Why an exploration ended. `fixpoint`: there are no more states. `limit`: there may be, and it was told to stop at so many.
 * `violation`: it was told to stop at the first one. `thrown`: the system threw.
 */
export type Ending = 'fixpoint' | 'limit' | 'violation' | 'thrown';

/** What an exploration found, and how large it was. */
export interface Exploration {
  readonly ending: Ending;
  /** Unique ones. */
  readonly states: number;
  readonly edges: number;
  /** Moves on the shortest path to the farthest state. */
  readonly depth: number;
  /** States without any move. Whether one is a legal end, a property says. */
  readonly terminals: number;
  readonly seconds: number;
  /** Memory of the states and their table, per state; and of the edges, where they are kept. What the system keeps is its own. */
  readonly bytesPerState: number;
  readonly edgeBytesPerState: number;
  /** In the order of the properties. */
  readonly findings: readonly Finding[];
  /** What the system threw, and the way to the state whose moves were asked for. */
  readonly thrown: { readonly error: unknown; readonly path: Path } | null;
}
