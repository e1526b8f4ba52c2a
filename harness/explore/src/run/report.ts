import type { Trace } from '@mcp-lifeline/trace';
import type { Property } from '../contract.js';
import type { Ending } from '../engine/finding.js';

/** What exploring a configuration showed, as plain data. */
export interface ConfigurationReport {
  readonly id: string;
  readonly title: string;
  readonly bounds: Readonly<Record<string, string | number>>;
  /** `failed`: it could not be explored at all, which is our own fault. */
  readonly ending: Ending | 'failed';
  /** What the system threw, or why it could not be explored. */
  readonly why: string | null;
  readonly size: Size;
  readonly properties: readonly PropertyReport[];
  /** The way to where the system threw; null where it did not, and where it cannot tell any more. */
  readonly thrownAt: Account | null;
}

/** How large an exploration was. */
export interface Size {
  readonly states: number;
  readonly edges: number;
  readonly depth: number;
  readonly terminals: number;
  readonly seconds: number;
  readonly bytesPerState: number;
  readonly edgeBytesPerState: number;
}

/**
 * `unwitnessed`: it was not broken, but what it is about never happened. `undecided`: there are states that nobody looked at.
 */
export type Status = 'holds' | 'violated' | 'unwitnessed' | 'undecided';

/** What was found out about a property, its witness taken together with it. */
export interface PropertyReport {
  readonly id: string;
  readonly title: string;
  readonly kind: Property['kind'];
  readonly status: Status;
  /** Moves to the nearest state in which what it is about happens; null where that was not seen, or is not asked. */
  readonly witnessedAfter: number | null;
  /** How it is violated. */
  readonly violation: Violation | null;
}

/** What is wrong, and a shortest way there. */
export interface Violation extends Account {
  readonly why: string;
}

/** A way through the states, for people and as evidence. */
export interface Account {
  readonly story: Story;
  readonly trace: Trace;
}

/** A way in words. */
export interface Story {
  /** The first state. */
  readonly start: readonly string[];
  readonly steps: readonly StoryStep[];
  /** Steps behind the others that may be repeated for ever; empty where it ends. */
  readonly round: readonly StoryStep[];
}

export interface StoryStep {
  /** The name of the move. */
  readonly move: string;
  /** What is different behind it, as the state is described. */
  readonly changes: readonly string[];
}
