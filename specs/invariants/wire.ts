import { type End, isJsonObject, type Json, type JsonObject, type TraceEvent } from '@mcp-lifeline/trace';

/** One message, and who sent it. */
export interface Crossing {
  readonly from: 'client' | 'server';
  readonly message: Json;
  /** It came as a member of a batch. */
  readonly inBatch: boolean;
  /** That batch has a notification among its members. */
  readonly inMixedBatch: boolean;
}

/**
 * The messages of an event, the members of a batch one by one.
 *
 * @param tap where the tap sits that is listened to: what a tap at the server receives was sent by the client.
 */
export function crossings(event: TraceEvent, tap: End = 'client'): readonly Crossing[] {
  if (event.plane !== 'wire' || event.at !== tap) return NONE;
  if (event.kind !== 'sent' && event.kind !== 'received') return NONE;
  const from = (event.kind === 'sent') === (tap === 'client') ? 'client' : 'server';
  const inBatch = Array.isArray(event.message);
  const messages = (inBatch ? event.message : [event.message]) as readonly Json[];
  const inMixedBatch = inBatch && messages.some((message) => shapeOf(message).kind === 'notification');
  return messages.map((message) => ({ from, message, inBatch, inMixedBatch }));
}

/** A request, an answer and a notification, told apart by what they carry and by nothing else. */
export type Shape =
  | { readonly kind: 'request'; readonly id: Json; readonly method: string; readonly params: Json | undefined }
  | { readonly kind: 'notification'; readonly method: string; readonly params: Json | undefined }
  | { readonly kind: 'response'; readonly id: Json | undefined; readonly body: JsonObject }
  | { readonly kind: 'other' };

/** Reads a message as leniently as one can: what is wrong with its envelope is another invariant's business. */
export function shapeOf(message: Json): Shape {
  if (!isJsonObject(message)) return OTHER;
  const { id, method, params } = message;
  if (typeof method === 'string') {
    return id === undefined ? { kind: 'notification', method, params } : { kind: 'request', id, method, params };
  }
  if ('result' in message || 'error' in message) return { kind: 'response', id, body: message };
  return OTHER;
}

/** Names an id by type and value. */
export function idKey(id: Json): string {
  return JSON.stringify(id);
}

/** Whether two ids differ by their type alone, such as 7 and "7". */
export function looksLike(key: string, id: Json | undefined): boolean {
  if (typeof id !== 'string' && typeof id !== 'number') return false;
  const known: unknown = JSON.parse(key);
  // What a peer sends as an id may be an object, and not each has a text.
  return (typeof known !== 'object' || known === null) && String(known) === String(id);
}

const NONE: readonly Crossing[] = [];
const OTHER: Shape = { kind: 'other' };
