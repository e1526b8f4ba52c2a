import type { Invariant } from '../invariant.js';
import { noEarlyRequests } from './no-early-requests.js';
import { noEarlyUpdates } from './no-early-updates.js';
import { pingBefore } from './ping-before.js';
import { pingFirst } from './ping-first.js';
import { requestsBeforeInitialize } from './requests-before-initialize.js';
import { handshakeResult } from './result.js';
import { secondInitialize } from './second-initialize.js';

/** The invariants of the family `handshake`. */
export const HANDSHAKE: readonly Invariant<unknown>[] = [
  handshakeResult,
  pingBefore,
  pingFirst,
  requestsBeforeInitialize,
  secondInitialize,
  noEarlyRequests,
  noEarlyUpdates,
];
