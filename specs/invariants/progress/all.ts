import type { Invariant } from '../invariant.js';
import { progressEnds } from './ends.js';
import { progressIncreases } from './increases.js';
import { progressServerToken } from './server-token.js';
import { progressToken } from './token.js';

/** The invariants of the family `progress`. */
export const PROGRESS: readonly Invariant<unknown>[] = [
  progressToken,
  progressIncreases,
  progressEnds,
  progressServerToken,
];
