import type { End, EventData, Json, TraceEvent } from '@mcp-lifeline/trace';

/**
 * Reads the notation of `specs/examples`: one event a line.
 *
 * ```text
 * > {...}        sent; "jsonrpc" is added        < {...}     received; "jsonrpc" is added
 * >= ...         sent exactly so                 <= ...      received exactly so
 * >? text        sent, and no JSON               <? why text received, and no JSON
 * . kind {...}   on the process plane            # kind {...} a note
 * * kind {...}   on the application's plane      handshake   initialize, its result, initialized
 * @ 1500         from here on, t is 1500 ms      fences      three pings of the client, each answered
 * tap server     from here on, seen there        server-fences  three pings of the server, each answered
 * ```
 *
 * At a tap of the server `>` is what it received, and `>? why text` what was no JSON. An `end {why: quiet}` is added where the text has none.
 */
export function readExample(text: string): TraceEvent[] {
  const events: TraceEvent[] = [];
  let t = 0;
  let fences = 9000;
  let at: End = 'client';
  const add = (data: EventData): void => {
    events.push({ seq: events.length, t, at, ...data } as TraceEvent);
  };
  const cross = (from: 'client' | 'server', message: Json): void => {
    const kind = from === at ? 'sent' : 'received';
    add({ plane: 'wire', kind, message, bytes: JSON.stringify(message).length });
  };
  for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
    const [mark = '', rest = ''] = split(line);
    if (mark === '@') t = Number(rest);
    else if (mark === 'tap') at = rest === 'server' ? 'server' : 'client';
    else if (mark === 'handshake') for (const [from, message] of HANDSHAKE) cross(from, message);
    else if (mark === 'fences' || mark === 'server-fences') {
      const [asker, other] = mark === 'fences' ? (['client', 'server'] as const) : (['server', 'client'] as const);
      for (let count = 0; count < 3; count += 1) {
        fences += 1;
        cross(asker, { jsonrpc: '2.0', id: fences, method: 'ping' });
        cross(other, { jsonrpc: '2.0', id: fences, result: {} });
      }
    } else if (mark === '.' || mark === '#') add(dataOf(mark === '.' ? 'process' : 'note', rest));
    else if (mark === '*') add(appDataOf(rest));
    else if (mark === '>?' || mark === '<?') add((mark === '>?') === (at === 'client') ? raw(rest) : garbled(rest));
    else cross(mark.startsWith('>') ? 'client' : 'server', messageOf(mark, rest, line));
  }
  const last = events.at(-1);
  if (last?.plane !== 'note' || last.kind !== 'end') add({ plane: 'note', kind: 'end', why: 'quiet' });
  return events;
}

const HANDSHAKE: readonly (readonly ['client' | 'server', Json])[] = [
  [
    'client',
    {
      jsonrpc: '2.0',
      id: 1,
      method: 'initialize',
      params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'c', version: '1' } },
    },
  ],
  [
    'server',
    {
      jsonrpc: '2.0',
      id: 1,
      result: { protocolVersion: '2025-11-25', capabilities: {}, serverInfo: { name: 's', version: '1' } },
    },
  ],
  ['client', { jsonrpc: '2.0', method: 'notifications/initialized' }],
];

function split(line: string): [string, string] {
  const at = line.indexOf(' ');
  return at === -1 ? [line, ''] : [line.slice(0, at), line.slice(at + 1)];
}

function messageOf(mark: string, text: string, line: string): Json {
  if (!/^[<>]=?$/.test(mark)) throw new Error(`no line of the notation: ${line}`);
  const value = JSON.parse(text) as Json;
  return mark.endsWith('=') ? value : ({ jsonrpc: '2.0', ...(value as object) } as Json);
}

function dataOf(plane: 'process' | 'note', text: string): EventData {
  const [kind, data] = split(text);
  return { plane, kind, ...(data === '' ? {} : JSON.parse(data)) } as EventData;
}

function appDataOf(text: string): EventData {
  const [kind, data] = split(text);
  return { plane: 'app', kind, ...(data === '' ? {} : { data: JSON.parse(data) as Json }) };
}

/** `\n` in it stands for a newline: an event of the notation is one line. */
function raw(text: string): EventData {
  const written = text.replaceAll('\\n', '\n');
  return { plane: 'wire', kind: 'sentRaw', text: written, bytes: written.length };
}

function garbled(text: string): EventData {
  const [why, rest] = split(text);
  return { plane: 'wire', kind: 'garbled', why, text: rest, bytes: rest.length } as EventData;
}
