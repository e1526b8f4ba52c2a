import type { Json, Params } from '../json.js';
import type { RequestId } from './read.js';

/** A request as it goes on the wire. */
export function request(id: RequestId, method: string, params?: Params): Params {
  return params === undefined ? { jsonrpc: '2.0', id, method } : { jsonrpc: '2.0', id, method, params };
}

/** A notification as it goes on the wire. */
export function notification(method: string, params?: Params): Params {
  return params === undefined ? { jsonrpc: '2.0', method } : { jsonrpc: '2.0', method, params };
}

/** The answer to a request that succeeded, as it goes on the wire. */
export function result(id: RequestId, value: Params): Params {
  return { jsonrpc: '2.0', id, result: value };
}

/**
 * The answer to a request that failed, as it goes on the wire.
 *
 * @param id null where that of the request could not be read. JSON-RPC wants it null then, which each revision points
 *   to; 2025-11-25 would have it left out (ambiguity `error-id-null-or-absent`).
 * @param code an integer (messages/error-code-integer)
 */
export function failure(id: RequestId | null, code: number, message: string, data?: Json): Params {
  return { jsonrpc: '2.0', id, error: data === undefined ? { code, message } : { code, message, data } };
}
