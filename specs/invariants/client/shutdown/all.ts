import type { Invariant } from '../../invariant.js';
import { nothingSent } from './nothing-sent.js';
import { inputFirst, killLast, terminateAfterWait } from './steps.js';
import { noSurvivors } from './survivors.js';

/** The invariants of the family `client.shutdown`. */
export const CLIENT_SHUTDOWN: readonly Invariant<unknown>[] = [
  inputFirst,
  terminateAfterWait,
  killLast,
  nothingSent,
  noSurvivors,
];
