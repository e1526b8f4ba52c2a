import { isJsonObject, type Json, type Params, typeName } from '../json.js';

/**
 * What a request and its answer have in common; matched by type and value, so that 7 is not "7".
 *
 * Numbers are integers (messages/request-id). `JSON.parse` rounds those beyond 2^53, so two of them may look alike.
 */
export type RequestId = string | number;

/** What is answered instead of a result; `code` is an integer (messages/error-code-integer). */
export interface ErrorBody {
  readonly code: number;
  readonly message: string;
  readonly data?: Json;
}

/** One parsed value, told apart as JSON-RPC does: by its members alone. */
export type Message =
  | { readonly kind: 'request'; readonly id: RequestId; readonly method: string; readonly params: Params | undefined }
  | { readonly kind: 'notification'; readonly method: string; readonly params: Params | undefined }
  | { readonly kind: 'result'; readonly id: RequestId; readonly result: Params }
  /** `id` is null where the peer could not read ours; it sends null (JSON-RPC) or nothing (2025-11-25). */
  | { readonly kind: 'error'; readonly id: RequestId | null; readonly error: ErrorBody }
  | {
      readonly kind: 'invalid';
      /** What is wrong, in a few words that quote nothing of the message. */
      readonly why: string;
      /** Of what is meant as a request: whom to answer with -32600. */
      readonly id: RequestId | null;
      /** Of what is meant as a response: whose call will get no better answer. */
      readonly answers: RequestId | null;
    };

/**
 * Reads one parsed JSON value as a message; total, and a batch is for the caller to take apart.
 *
 * Every revision has this envelope (page `basic/index`, in 2024-11-05 `basic/messages`), and it is kept to the letter, but
 * members that it does not name are ignored. Nothing is copied: `params`, `result` and `error` are the peer's own
 * objects. Their inside, `_meta` included, is not looked at.
 */
export function readMessage(value: unknown): Message {
  if (!isJsonObject(value)) return invalid(`the message is ${typeName(value)}`);
  const { jsonrpc, id, method, params, result, error }: Members = value;
  if (jsonrpc !== '2.0') return invalidIn(value, 'jsonrpc is not "2.0"');
  if (typeof method === 'string') {
    if (result !== undefined || error !== undefined) return invalidIn(value, 'both a call and a response');
    if (params !== undefined && !isJsonObject(params)) return invalidIn(value, `params is ${typeName(params)}`);
    if (id === undefined) return { kind: 'notification', method, params };
    // messages/request-id, messages/request-id-not-null
    return isRequestId(id) ? { kind: 'request', id, method, params } : invalidIn(value, `the id is ${idName(id)}`);
  }
  if (method !== undefined) return invalidIn(value, `method is ${typeName(method)}`);
  if (result !== undefined) {
    // messages/result-not-with-error
    if (error !== undefined) return invalidIn(value, 'both a result and an error');
    // messages/result-shape
    if (!isJsonObject(result)) return invalidIn(value, `the result is ${typeName(result)}`);
    // messages/response-id
    return isRequestId(id) ? { kind: 'result', id, result } : invalidIn(value, `the id of a result is ${idName(id)}`);
  }
  // messages/result-or-error
  if (error === undefined) return invalidIn(value, 'no method, no result, no error');
  const fault = faultOf(error);
  if (fault !== null) return invalidIn(value, fault);
  if (!isRequestId(id) && id !== undefined && id !== null) {
    return invalidIn(value, `the id of an error is ${idName(id)}`);
  }
  return { kind: 'error', id: id ?? null, error: error as unknown as ErrorBody };
}

/** Narrows to a string or an integer; 1.5 is neither, though the schema, which knows only `number`, would take it. */
export function isRequestId(value: unknown): value is RequestId {
  return typeof value === 'string' || Number.isInteger(value);
}

/** Named, so that the compiler knows which members a message may have. */
interface Members {
  readonly jsonrpc?: Json;
  readonly id?: Json;
  readonly method?: Json;
  readonly params?: Json;
  readonly result?: Json;
  readonly error?: Json;
}

/** messages/error-code-and-message, messages/error-code-integer */
function faultOf(error: Json): string | null {
  if (!isJsonObject(error)) return `the error is ${typeName(error)}`;
  if (!Number.isInteger(error.code)) return `the error's code is ${idName(error.code)}`;
  return typeof error.message === 'string' ? null : `the error's message is ${typeName(error.message)}`;
}

/** A value that is both, or neither, belongs to nobody: to answer it might settle the wrong call. */
function invalidIn({ id, method, result, error }: Members, why: string): Message {
  if (!isRequestId(id)) return invalid(why);
  const isCall = method !== undefined;
  const isResponse = result !== undefined || error !== undefined;
  if (isCall === isResponse) return invalid(why);
  return { kind: 'invalid', why, id: isCall ? id : null, answers: isCall ? null : id };
}

function invalid(why: string): Message {
  return { kind: 'invalid', why, id: null, answers: null };
}

/** As for any value, but a number that is refused is one with a fraction. */
function idName(value: unknown): string {
  return typeof value === 'number' ? 'not an integer' : typeName(value);
}
