import { isJsonObject, type Json, type JsonObject } from '@mcp-lifeline/trace';

/** What a script sends, as it goes on the wire. */
export function request(id: Json, method: string, params?: JsonObject): JsonObject {
  return params === undefined ? { jsonrpc: '2.0', id, method } : { jsonrpc: '2.0', id, method, params };
}

/** See {@link request}. */
export function notification(method: string, params?: JsonObject): JsonObject {
  return params === undefined ? { jsonrpc: '2.0', method } : { jsonrpc: '2.0', method, params };
}

/** See {@link request}. */
export function result(id: Json, value: Json): JsonObject {
  return { jsonrpc: '2.0', id, result: value };
}

/** See {@link request}. */
export function failure(id: Json, message: string): JsonObject {
  return { jsonrpc: '2.0', id, error: { code: -32_603, message } };
}

/** What a script makes of a message that it gets; a batch member by member. */
export type Heard =
  | {
      readonly kind: 'request';
      readonly id: Json;
      readonly method: string;
      readonly token: Json | null;
      readonly params: JsonObject;
    }
  | { readonly kind: 'notification'; readonly method: string }
  | { readonly kind: 'answer'; readonly id: Json };

/** Reads what a core sent. */
export function readAll(json: unknown): readonly Heard[] {
  const members = Array.isArray(json) ? json : [json];
  return members.flatMap((member) => (isJsonObject(member) ? [read(member)] : []));
}

function read({ id, method, params }: JsonObject): Heard {
  if (typeof method !== 'string') return { kind: 'answer', id: id ?? null };
  if (id === undefined) return { kind: 'notification', method };
  const told = isJsonObject(params) ? params : {};
  const token = isJsonObject(told['_meta']) ? (told['_meta']['progressToken'] ?? null) : null;
  return { kind: 'request', id, method, token, params: told };
}
