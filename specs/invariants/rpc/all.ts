import type { Invariant } from '../invariant.js';
import { batch, mixedBatch } from './batch.js';
import { envelope } from './envelope.js';
import { everyRequestAnswered } from './every-request-answered.js';
import { idEcho } from './id-echo.js';
import { malformed } from './malformed.js';
import { noReplyToNotification } from './no-reply-to-notification.js';
import { oneResponse } from './one-response.js';
import { serverRequestIds } from './server-request-ids.js';
import { unknownMethod } from './unknown-method.js';
import { unknownResponse } from './unknown-response.js';

/** The invariants of the family `rpc`. */
export const RPC: readonly Invariant<unknown>[] = [
  envelope,
  everyRequestAnswered,
  oneResponse,
  unknownMethod,
  noReplyToNotification,
  idEcho,
  serverRequestIds,
  batch,
  mixedBatch,
  malformed,
  unknownResponse,
];
