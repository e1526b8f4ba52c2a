import type { Invariant } from '../invariant.js';
import { stderrNoise } from './noise.js';

/** The invariants of the family `stderr`. */
export const STDERR: readonly Invariant<unknown>[] = [stderrNoise];
