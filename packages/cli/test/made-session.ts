import {
  type End,
  formatTrace,
  type Json,
  type JsonObject,
  type TraceEvent,
  type TraceHeader,
} from '@mcp-lifeline/trace';

/** A message and who sent it. */
export type Said = readonly [from: End, message: Json];

/** A handshake that a session may begin with. */
export function handshake(revision = '2025-11-25', capabilities: JsonObject = { tools: {} }): readonly Said[] {
  return [
    client({ id: 0, method: 'initialize', params: { protocolVersion: revision, capabilities: {}, clientInfo: INFO } }),
    server({ id: 0, result: { protocolVersion: revision, capabilities, serverInfo: INFO } }),
    client({ method: 'notifications/initialized' }),
  ];
}

/** Three pings, each answered: what is silent after that is silent for good. */
export function fences(from = 900): readonly Said[] {
  return [from, from + 1, from + 2].flatMap((id) => [client({ id, method: 'ping' }), server({ id, result: {} })]);
}

/** A message of the client's, complete with its version. */
export function client(message: JsonObject): Said {
  return ['client', { jsonrpc: '2.0', ...message }];
}

/** The same of the server's. */
export function server(message: JsonObject): Said {
  return ['server', { jsonrpc: '2.0', ...message }];
}

/** What is in a trace beside messages: an event without its stamp. */
export type Other = TraceEvent extends infer E ? (E extends TraceEvent ? Omit<E, 'seq' | 't' | 'at'> : never) : never;

/** The text of a trace: a tenth of a second between any two events, and a quiet end. */
export function traceText(
  events: readonly (Said | Other)[],
  { tap = 'client', ...header }: Partial<TraceHeader> & { readonly tap?: End } = {},
): string {
  const end: Other = { plane: 'note', kind: 'end', why: 'quiet' };
  return formatTrace({
    header: { ...HEADER, ...header },
    events: [...events, end].map((event, seq) => {
      return { seq, t: seq * 100, at: tap, ...(isSaid(event) ? crossing(event, tap) : event) } as TraceEvent;
    }),
  });
}

/** A log with a line a message, in a form of one's own. */
export function logText(said: readonly Said[], line: (from: End, json: string, index: number) => string): string {
  return said.map(([from, message], index) => `${line(from, JSON.stringify(message), index)}\n`).join('');
}

const INFO = { name: 'made-up', version: '1.2.3' };

const HEADER: TraceHeader = {
  trace: 1,
  tool: { name: 'test', version: '1' },
  target: { transport: 'stdio', command: ['node', 'server.js'] },
  revision: null,
  clock: { unit: 'ms', startedAt: '2026-01-01T00:00:00.000Z' },
};

function isSaid(event: Said | Other): event is Said {
  return Array.isArray(event);
}

function crossing([from, message]: Said, tap: End): object {
  return { plane: 'wire', kind: from === tap ? 'sent' : 'received', message, bytes: JSON.stringify(message).length };
}
