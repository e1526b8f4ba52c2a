import type { Invariant } from '../invariant.js';
import { serverUndeclared } from './server-undeclared.js';
import { undeclared } from './undeclared.js';

/** The invariants of the family `capability`. */
export const CAPABILITY: readonly Invariant<unknown>[] = [undeclared, serverUndeclared];
