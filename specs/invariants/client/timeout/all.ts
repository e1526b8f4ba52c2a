import type { Invariant } from '../../invariant.js';
import { cancelSent, timeoutCancels } from './cancelled.js';

/** The invariants of the family `client.timeout`. */
export const CLIENT_TIMEOUT: readonly Invariant<unknown>[] = [timeoutCancels, cancelSent];
