import type { BranchLiteral, StateLiteral } from './literal.js';

/** What is done to a machine, as a kind. */
export type Operator =
  | 'drop transition'
  | 'retarget transition'
  | 'drop target'
  | 'drop reenter'
  | 'swap branches'
  | 'drop guard'
  | 'negate guard'
  | 'drop action'
  | 'repeat action'
  | 'swap actions'
  | 'change parameter'
  | 'drop after'
  | 'swap delays'
  | 'drop tag'
  | 'change initial';

/** One change of a machine's literal. */
export interface Change {
  readonly operator: Operator;
  /** Where and what, in words that stay the same while that place does: `ready.quiet after keepalive[0]: guard isQuiet negated`. */
  readonly name: string;
  /** Changes a copy of the literal. */
  readonly apply: (literal: StateLiteral) => void;
}

/** A transition or a branch, where it stands, and how it is found again in a copy. */
export interface PlacedBranch {
  readonly path: readonly string[];
  /** In words: `ready.quiet after keepalive[0]`. */
  readonly place: string;
  readonly branch: BranchLiteral;
  /** How many there are beside it, itself included. */
  readonly among: number;
  /** The list that it is in, in a copy, and its place there. */
  readonly listIn: (literal: StateLiteral) => BranchLiteral[];
  readonly index: number;
  readonly kind: 'on' | 'after';
}
