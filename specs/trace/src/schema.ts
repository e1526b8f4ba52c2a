import { z } from 'zod';
import { TRACE_FORMAT, type Trace, type TraceEvent, type TraceHeader } from './event.js';

const count = z.int().nonnegative();
const bytes = count;

/** The first line of a trace. */
export const traceHeaderSchema = z.strictObject({
  trace: z.literal(TRACE_FORMAT),
  tool: z.object({ name: z.string(), version: z.string() }),
  target: z.object({ transport: z.literal('stdio'), command: z.array(z.string()) }),
  scenario: z.string().optional(),
  revision: z.string().nullable(),
  clock: z.object({ unit: z.literal('ms'), startedAt: z.iso.datetime() }),
});

const stamp = { seq: count, t: z.number().nonnegative(), at: z.enum(['client', 'server']) };
const wire = { ...stamp, plane: z.literal('wire') };
const process = { ...stamp, plane: z.literal('process') };
const note = { ...stamp, plane: z.literal('note') };
const survivor = z.strictObject({ pid: z.int().positive(), name: z.string(), inGroup: z.boolean() });

const wireSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...wire, kind: z.enum(['sent', 'received']), message: z.json(), bytes }),
  z.strictObject({ ...wire, kind: z.literal('sentRaw'), text: z.string(), bytes }),
  z.strictObject({
    ...wire,
    kind: z.literal('garbled'),
    why: z.enum(['blank', 'notJson', 'notUtf8', 'tooLong', 'cutOff']),
    text: z.string(),
    bytes,
  }),
]);

const processSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...process, kind: z.literal('spawned'), pid: z.int().positive() }),
  z.strictObject({ ...process, kind: z.literal('spawnFailed'), code: z.string(), message: z.string() }),
  z.strictObject({
    ...process,
    kind: z.enum(['inputEnded', 'inputBroken', 'outputEnded', 'groupGone', 'abandoned']),
  }),
  z.strictObject({
    ...process,
    kind: z.literal('signalled'),
    signal: z.enum(['SIGTERM', 'SIGKILL']),
    by: z.enum(['scenario', 'ladder']),
  }),
  z.strictObject({ ...process, kind: z.literal('exited'), code: z.int().nullable(), signal: z.string().nullable() }),
  z.strictObject({ ...process, kind: z.literal('survey'), survivors: z.array(survivor) }),
  z.strictObject({ ...process, kind: z.literal('stderr'), text: z.string(), bytes }),
  z.strictObject({ ...process, kind: z.literal('lag'), ms: z.number().nonnegative() }),
]);

const noteSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...note, kind: z.literal('absent'), need: z.string(), why: z.string() }),
  z.strictObject({
    ...note,
    kind: z.literal('waited'),
    for: z.string(),
    ms: z.number().nonnegative(),
    lagMs: z.number().nonnegative(),
  }),
  z.strictObject({ ...note, kind: z.literal('held'), what: z.string(), ms: z.number().nonnegative() }),
  z.strictObject({ ...note, kind: z.literal('secret'), label: z.string(), length: count, visibleAscii: z.boolean() }),
  z.strictObject({ ...note, kind: z.literal('end'), why: z.enum(['quiet', 'cut', 'limit']) }),
]);

const openPlaneSchema = z.strictObject({
  ...stamp,
  plane: z.enum(['app', 'http']),
  kind: z.string(),
  data: z.json().optional(),
});

/** One line of a trace after the header. */
export const traceEventSchema = z.discriminatedUnion('plane', [wireSchema, processSchema, noteSchema, openPlaneSchema]);

/** A file that is no trace: the message names the line and what is wrong with it. */
export class TraceFormatError extends Error {
  override readonly name = 'TraceFormatError';
  /** Counted from 1. */
  readonly line: number;
  constructor(line: number, problem: string) {
    super(`line ${line}: ${problem}`);
    this.line = line;
  }
}

/**
 * Reads a trace from JSON Lines.
 *
 * A file that stops without an `end` event, even in the middle of its last line, was cut: it is read as far as it goes
 * and gets the end `cut`.
 * @throws TraceFormatError for anything else that is not format version 1
 */
export function parseTrace(text: string): Trace {
  const lines = text.split('\n');
  const torn = lines.pop() ?? '';
  const [first, ...rest] = lines;
  if (first === undefined)
    throw new TraceFormatError(1, torn === '' ? 'the file is empty' : 'the header line has no end');
  const header = parseLine(traceHeaderSchema, first, 1) as TraceHeader;
  const events = rest.map((line, index) => parseLine(traceEventSchema, line, index + 2) as TraceEvent);
  events.forEach((event, index) => {
    if (event.seq !== index) throw new TraceFormatError(index + 2, `seq is ${event.seq}, expected ${index}`);
    if (isEnd(event) && index !== events.length - 1) throw new TraceFormatError(index + 3, 'events follow the end');
  });
  const last = events.at(-1);
  if (last !== undefined && isEnd(last)) return { header, events };
  const cut: TraceEvent = { seq: events.length, t: last?.t ?? 0, at: 'client', plane: 'note', kind: 'end', why: 'cut' };
  return { header, events: [...events, cut] };
}

function isEnd(event: TraceEvent): boolean {
  return event.plane === 'note' && event.kind === 'end';
}

function parseLine<T>(schema: z.ZodType<T>, line: string, number: number): T {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new TraceFormatError(number, 'not JSON');
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new TraceFormatError(number, `${issue?.path.join('.') || 'value'}: ${issue?.message ?? 'not of the format'}`);
}
