import { type End, isJsonObject, type Json, type JsonObject, type TraceEvent } from '@mcp-lifeline/trace';
import { idText } from '../json-text.js';

/** The handshake of a recorded session, as far as it came. */
export interface Handshake {
  /** The version of the last `initialize` before the answer; null where there was none, or it named none. */
  readonly offered: string | null;
  /** The result of the `initialize` that was agreed to: the first one, or one after a refusal. */
  readonly result: JsonObject | null;
  /** The version in that result. */
  readonly agreed: string | null;
  /** Why there is no result, in words. */
  readonly failure: string;
}

/** Finds the handshake in what crossed at one tap. */
export function handshakeIn(events: readonly TraceEvent[], tap: End | null): Handshake {
  const asked = new Map<string, string | null>();
  let offered: string | null = null;
  let failure = 'it holds no initialize';
  for (const { from, message } of events.flatMap((event) => messagesOf(event, tap))) {
    const { id, method, result, error } = message;
    if (id === undefined) continue;
    if (from === 'client' && method === 'initialize') {
      offered = versionIn(message.params);
      asked.set(idText(id), offered);
      failure = 'it holds no answer to initialize';
    }
    if (from === 'client' || method !== undefined || !asked.has(idText(id))) continue;
    if (isJsonObject(result)) return { offered, result, agreed: versionIn(result), failure: '' };
    failure = `initialize was refused with ${refusalText(error)}`;
  }
  return { offered, result: null, agreed: null, failure };
}

function messagesOf(
  event: TraceEvent,
  tap: End | null,
): readonly { readonly from: End; readonly message: JsonObject }[] {
  if (event.plane !== 'wire' || event.at !== tap) return [];
  if (event.kind !== 'sent' && event.kind !== 'received') return [];
  const other: End = tap === 'client' ? 'server' : 'client';
  const from = event.kind === 'sent' ? event.at : other;
  const messages = (Array.isArray(event.message) ? event.message : [event.message]) as readonly Json[];
  return messages.flatMap((message) => (isJsonObject(message) ? [{ from, message }] : []));
}

function versionIn(params: Json | undefined): string | null {
  const version = isJsonObject(params) ? params.protocolVersion : undefined;
  return typeof version === 'string' ? version : null;
}

function refusalText(error: Json | undefined): string {
  if (!isJsonObject(error)) return 'something that cannot be understood';
  const said = typeof error.message === 'string' ? ` ${JSON.stringify(error.message)}` : '';
  return `error ${JSON.stringify(error.code ?? null)}${said}`;
}
