import type { Invariant } from '../../invariant.js';
import { clientEnvelope } from './envelope.js';
import { batchAnswered, everyServerRequestAnswered, unknownServerMethod } from './every-request-answered.js';
import { requestIds } from './request-ids.js';
import { noClientReply, oneClientResponse, responseIds } from './responses.js';
import { singleMessages } from './single-messages.js';

/** The invariants of the family `client.rpc`. */
export const CLIENT_RPC: readonly Invariant<unknown>[] = [
  clientEnvelope,
  requestIds,
  singleMessages,
  everyServerRequestAnswered,
  unknownServerMethod,
  batchAnswered,
  responseIds,
  oneClientResponse,
  noClientReply,
];
