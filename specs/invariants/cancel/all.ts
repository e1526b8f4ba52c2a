import type { Invariant } from '../invariant.js';
import { cancelRace } from './race.js';
import { cancelServerSent } from './server-sent.js';
import { cancelStopsProgress } from './stops-progress.js';
import { cancelStopsResponse } from './stops-response.js';
import { cancelUnknownId } from './unknown-id.js';

/** The invariants of the family `cancel`. */
export const CANCEL: readonly Invariant<unknown>[] = [
  cancelStopsResponse,
  cancelStopsProgress,
  cancelUnknownId,
  cancelRace,
  cancelServerSent,
];
