import type { Invariant } from '../invariant.js';
import { stdoutClean } from './clean.js';

/** The invariants of the family `stdout`. */
export const STDOUT: readonly Invariant<unknown>[] = [stdoutClean];
