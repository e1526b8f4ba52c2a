import type { Invariant } from '../../invariant.js';
import { clientToken } from './token.js';
import { toldEnds, toldIncreases, toldToken } from './told.js';

/** The invariants of the family `client.progress`. */
export const CLIENT_PROGRESS: readonly Invariant<unknown>[] = [clientToken, toldToken, toldIncreases, toldEnds];
