import type { EventData, Json, JsonObject, TraceEvent } from '@mcp-lifeline/trace';
import type { Act, Case, RequestAct } from '../../src/process/act.ts';
import type { Means } from '../../src/process/means.ts';

/** A server that gives a client everything to do. */
export const ALL_MEANS: Means = {
  slow: { name: 'slow', args: { ms: 100 }, takesMs: 100 },
  long: { name: 'slow', args: { ms: 600 }, takesMs: 600 },
  asking: { name: 'ask', args: {}, takesMs: 2 },
  lists: ['tools/list', 'prompts/list', 'resources/list', 'resources/templates/list'],
};

/** A server that declares nothing. */
export const NO_MEANS: Means = { slow: null, long: null, asking: null, lists: [] };

/** How every session begins. */
export const OPENING: readonly Act[] = [{ do: 'initialize', declares: [] }, { do: 'initialized' }];

/** A case in 2025-11-25. */
export function caseOf(...acts: readonly Act[]): Case {
  return { offer: '2025-11-25', acts };
}

/** A request with an everyday id. */
export function request(ask: RequestAct['ask'], as: number, more: Partial<RequestAct> = {}): RequestAct {
  return { do: 'request', ask, as, id: 'number', ...more };
}

/** A trace of these events, each `t` ms after the beginning where it says so, else 1 ms after the one before. */
export function traceOf(...all: readonly (EventData & { readonly t?: number })[]): readonly TraceEvent[] {
  let now = 0;
  return all.map((event, seq): TraceEvent => {
    now = event.t ?? now + 1;
    return { at: 'client', ...event, seq, t: now };
  });
}

/** What the client sends. */
export function sent(message: JsonObject | readonly JsonObject[], t?: number): EventData & { readonly t?: number } {
  return wire('sent', withVersion(message), t);
}

/** What the server sends. */
export function received(message: JsonObject | readonly JsonObject[], t?: number): EventData & { readonly t?: number } {
  return wire('received', withVersion(message), t);
}

/** The handshake, and a server that said what it can do. */
export const HANDSHAKE: readonly EventData[] = [
  sent({ id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: { roots: {} } } }),
  received({
    id: 1,
    result: { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: { name: 's', version: '1' } },
  }),
  sent({ method: 'notifications/initialized' }),
];

/** The end of a run that was made to its end. */
export const QUIET_END: readonly EventData[] = [
  { plane: 'process', kind: 'inputEnded' },
  { plane: 'process', kind: 'outputEnded' },
  { plane: 'process', kind: 'exited', code: 0, signal: null },
  { plane: 'note', kind: 'end', why: 'quiet' },
];

function wire(kind: 'sent' | 'received', message: Json, t?: number): EventData & { readonly t?: number } {
  return { plane: 'wire', kind, message, bytes: 1, ...(t === undefined ? {} : { t }) };
}

function withVersion(message: JsonObject | readonly JsonObject[]): Json {
  const add = (one: JsonObject): JsonObject => ({ jsonrpc: '2.0', ...one });
  return Array.isArray(message) ? (message as readonly JsonObject[]).map(add) : add(message as JsonObject);
}
