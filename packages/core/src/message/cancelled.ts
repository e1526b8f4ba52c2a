import type { Params } from '../json.js';
import { isRequestId, type RequestId } from './read.js';

/** What the params of `notifications/cancelled` tell. */
export interface CancelledParams {
  readonly requestId: RequestId;
  readonly reason?: string;
}

/**
 * Reads the params of `notifications/cancelled`; null without an id, when there is nothing to cancel and the notice is
 * ignored (cancellation/ignore-malformed). A wrong `reason` is left out.
 */
export function readCancelled(params: Params | undefined): CancelledParams | null {
  if (params === undefined) return null;
  const { requestId, reason } = params;
  if (!isRequestId(requestId)) return null;
  return typeof reason === 'string' ? { requestId, reason } : { requestId };
}
