import type { Invariant } from '../../invariant.js';
import { versionDisconnect } from './disconnect.js';
import { versionOffer, versionOfferLatest } from './offer.js';

/** The invariants of the family `client.version`. */
export const CLIENT_VERSION: readonly Invariant<unknown>[] = [versionOffer, versionOfferLatest, versionDisconnect];
