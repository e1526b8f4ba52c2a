import type { Json, RequestId } from '@mcp-lifeline/core';
import { isJsonObject, type JsonObject } from '@mcp-lifeline/trace';

/** A message that came in, told apart by JSON-RPC 2.0 and nothing else. */
export type Heard =
  | { readonly kind: 'request'; readonly id: RequestId; readonly method: string; readonly params: JsonObject }
  | { readonly kind: 'notification'; readonly method: string; readonly params: JsonObject }
  | { readonly kind: 'result'; readonly id: RequestId; readonly result: JsonObject }
  | { readonly kind: 'error'; readonly id: RequestId | null }
  /** It means to be a response to this id, and is none. */
  | { readonly kind: 'brokenAnswer'; readonly id: RequestId }
  /** Anything else; `id` is that of what means to be a request, whom an error may be told. */
  | { readonly kind: 'noise'; readonly id: RequestId | null };

/** The id that an answer carries, right or broken; null for what is none, or has none. */
export function answerId(one: Heard | null): RequestId | null {
  return one?.kind === 'result' || one?.kind === 'error' || one?.kind === 'brokenAnswer' ? one.id : null;
}

/** The messages of one value that came in: itself, or its members where it is a batch. */
export function heardIn(json: unknown): readonly Heard[] {
  return (Array.isArray(json) ? json : [json]).map((message) => heard(message as Json));
}

/** Reads one message. */
export function heard(message: Json): Heard {
  if (!isJsonObject(message)) return NOISE;
  const { jsonrpc, id, method, params, result, error } = message;
  if (jsonrpc !== '2.0') return broken(message);
  if (typeof method === 'string') {
    const isCall = result === undefined && error === undefined && (params === undefined || isJsonObject(params));
    if (!isCall) return broken(message);
    const told = params === undefined ? NO_PARAMS : params;
    if (id === undefined) return { kind: 'notification', method, params: told };
    return isRequestId(id) ? { kind: 'request', id, method, params: told } : NOISE;
  }
  if (method !== undefined || (result === undefined) === (error === undefined)) return broken(message);
  if (result !== undefined) {
    return isJsonObject(result) && isRequestId(id) ? { kind: 'result', id, result } : broken(message);
  }
  const isError = isJsonObject(error) && Number.isInteger(error.code) && typeof error.message === 'string';
  if (!isError) return broken(message);
  if (id === undefined || id === null) return { kind: 'error', id: null };
  return isRequestId(id) ? { kind: 'error', id } : NOISE;
}

/** messages/request-id */
function isRequestId(id: Json | undefined): id is RequestId {
  return typeof id === 'string' || Number.isInteger(id);
}

/** What is both a call and a response, or neither, is nobody's. */
function broken({ id, method, result, error }: JsonObject): Heard {
  if (!isRequestId(id)) return NOISE;
  const isCall = method !== undefined;
  const isResponse = result !== undefined || error !== undefined;
  if (isCall === isResponse) return NOISE;
  return isCall ? { kind: 'noise', id } : { kind: 'brokenAnswer', id };
}

const NOISE: Heard = Object.freeze({ kind: 'noise', id: null });
const NO_PARAMS: JsonObject = Object.freeze({});
