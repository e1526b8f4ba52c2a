import type { Invariant } from '../invariant.js';
import { serverRequestTimeout } from './server-request.js';

/** The invariants of the family `timeout`. */
export const TIMEOUT: readonly Invariant<unknown>[] = [serverRequestTimeout];
