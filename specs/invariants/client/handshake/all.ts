import type { Invariant } from '../../invariant.js';
import { initializeAlone } from './initialize-alone.js';
import { initializeFirst } from './initialize-first.js';
import { initializeRequest } from './initialize-request.js';
import { initialized } from './initialized.js';
import { initializedFirst } from './initialized-first.js';
import { noEarlyClientRequests } from './no-early-requests.js';
import { openedOnce } from './once.js';

/** The invariants of the family `client.handshake`. */
export const CLIENT_HANDSHAKE: readonly Invariant<unknown>[] = [
  initializeFirst,
  initializeRequest,
  initializeAlone,
  noEarlyClientRequests,
  initialized,
  initializedFirst,
  openedOnce,
];
