import type { Invariant } from '../invariant.js';
import { pingBusy } from './busy.js';
import { pingReady } from './ready.js';

/** The invariants of the family `ping`. */
export const PING: readonly Invariant<unknown>[] = [pingReady, pingBusy];
