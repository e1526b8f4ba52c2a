import type { Invariant } from '../../invariant.js';
import { clientPong } from './pong.js';

/** The invariants of the family `client.ping`. */
export const CLIENT_PING: readonly Invariant<unknown>[] = [clientPong];
