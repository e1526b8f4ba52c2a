import { type End, isJsonObject, type Json, type JsonObject, type TraceEvent } from '@mcp-lifeline/trace';

/** An event of the application, read leniently: the plane is open, and what is unknown there is passed over. */
export interface Seen {
  readonly at: End;
  readonly kind: string;
  readonly data: JsonObject;
  readonly seq: number;
  /** The key of the call or handler, made different at both ends; null where the event has none. */
  readonly key: string | null;
}

/** Reads an event of the plane `app`; null for every other. */
export function seenBy(event: TraceEvent): Seen | null {
  if (event.plane !== 'app') return null;
  const data = isJsonObject(event.data) ? event.data : {};
  const key = data.key === undefined ? null : `${event.at} ${JSON.stringify(data.key)}`;
  return { at: event.at, kind: event.kind, data, seq: event.seq, key };
}

/** A field that holds a text. */
export function textIn(data: JsonObject, field: string): string | null {
  const value: Json | undefined = data[field];
  return typeof value === 'string' ? value : null;
}
