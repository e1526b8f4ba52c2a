import type { ErrorBody, Json, Params, RequestId } from '@mcp-lifeline/core';

/** What one value from the wire is to its receiver, as JSON-RPC 2.0 says it. */
export type Reading =
  | { readonly is: 'request'; readonly id: RequestId; readonly method: string; readonly params: Params | undefined }
  | { readonly is: 'notification'; readonly method: string; readonly params: Params | undefined }
  | { readonly is: 'result'; readonly id: RequestId; readonly result: Params }
  | { readonly is: 'error'; readonly id: RequestId; readonly error: ErrorBody }
  /** Meant as an answer to this id, and none. */
  | { readonly is: 'noAnswer'; readonly id: RequestId }
  /** Meant as a request with this id, and none. */
  | { readonly is: 'noRequest'; readonly id: RequestId }
  | { readonly is: 'nothing' };

/** Reads one value; a batch is taken apart before. */
export function readWire(value: unknown): Reading {
  if (!isObject(value)) return NOTHING;
  const { jsonrpc, id, method, params, result, error } = value as Readonly<Record<string, Json | undefined>>;
  const isCall = method !== undefined;
  const isAnswer = result !== undefined || error !== undefined;
  const hasId = isId(id);
  if (isCall && !isAnswer) {
    const isSound = jsonrpc === '2.0' && typeof method === 'string' && (params === undefined || isObject(params));
    if (isSound && id === undefined) return { is: 'notification', method, params };
    if (!hasId) return NOTHING;
    return isSound ? { is: 'request', id, method, params } : { is: 'noRequest', id };
  }
  if (!isAnswer || isCall || !hasId) return NOTHING;
  if (jsonrpc !== '2.0') return { is: 'noAnswer', id };
  if (error === undefined && isObject(result)) return { is: 'result', id, result };
  if (result === undefined && isErrorBody(error)) return { is: 'error', id, error };
  return { is: 'noAnswer', id };
}

/** An id, or a token, as the specification knows them: a string or an integer. */
export function isId(value: unknown): value is RequestId {
  return typeof value === 'string' || Number.isInteger(value);
}

/** A JSON object, and no array. */
export function isObject(value: unknown): value is Params {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const NOTHING: Reading = { is: 'nothing' };

function isErrorBody(value: unknown): value is ErrorBody {
  return isObject(value) && Number.isInteger(value['code']) && typeof value['message'] === 'string';
}
