import type { Invariant } from '../../invariant.js';
import { cancelsInProgress, cancelsNoInitialize, cancelsOwn } from './cancels.js';
import { clientStopsResponse } from './stops-response.js';

/** The invariants of the family `client.cancel`. */
export const CLIENT_CANCEL: readonly Invariant<unknown>[] = [
  cancelsOwn,
  cancelsInProgress,
  cancelsNoInitialize,
  clientStopsResponse,
];
