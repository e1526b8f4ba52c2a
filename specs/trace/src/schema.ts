import { z } from 'zod';
import { TRACE_FORMAT, type Trace, type TraceEvent } from './event.js';
import type { Json } from './json.js';

const count = z.int().nonnegative();
const bytes = count;
/** What JSON.parse gave back is JSON already; walking it again would only bound its depth. */
const json = z.custom<Json>((value) => value !== undefined, 'missing');

/** The first line of a trace. */
export const traceHeaderSchema = z.strictObject({
  trace: z.literal(TRACE_FORMAT),
  tool: z.strictObject({ name: z.string(), version: z.string() }).readonly(),
  target: z.strictObject({ transport: z.literal('stdio'), command: z.array(z.string()).readonly() }).readonly(),
  scenario: z.string().exactOptional(),
  revision: z.string().nullable(),
  clock: z.strictObject({ unit: z.literal('ms'), startedAt: z.iso.datetime() }).readonly(),
});

const stamp = { seq: count, t: z.number().nonnegative(), at: z.enum(['client', 'server']) };
const wire = { ...stamp, plane: z.literal('wire') };
const process = { ...stamp, plane: z.literal('process') };
const note = { ...stamp, plane: z.literal('note') };
const survivor = z.strictObject({ pid: z.int().positive(), name: z.string(), inGroup: z.boolean() }).readonly();

const wireSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...wire, kind: z.enum(['sent', 'received']), message: json, bytes }),
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
  z.strictObject({ ...process, kind: z.literal('outputClosed') }),
  z.strictObject({ ...process, kind: z.literal('load'), cpuMs: z.number().nonnegative(), ms: z.number().positive() }),
  z.strictObject({
    ...process,
    kind: z.literal('signalled'),
    signal: z.enum(['SIGTERM', 'SIGKILL']),
    by: z.enum(['scenario', 'ladder']),
  }),
  z.strictObject({ ...process, kind: z.literal('exited'), code: z.int().nullable(), signal: z.string().nullable() }),
  z.strictObject({ ...process, kind: z.literal('survey'), survivors: z.array(survivor).readonly() }),
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
  z.strictObject({ ...note, kind: z.literal('framed'), how: z.string() }),
  z.strictObject({ ...note, kind: z.literal('secret'), label: z.string(), length: count, visibleAscii: z.boolean() }),
  z.strictObject({ ...note, kind: z.literal('end'), why: z.enum(['quiet', 'cut', 'limit']) }),
]);

const openPlaneSchema = z.strictObject({
  ...stamp,
  plane: z.enum(['app', 'http']),
  kind: z.string(),
  data: json.exactOptional(),
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
 * and gets the end `cut`. A last line that is whole counts, also without its newline.
 * @throws TraceFormatError for anything else that is not format version 1
 */
export function parseTrace(text: string): Trace {
  const [first = '', ...rest] = wholeLines(text);
  const header = parseLine(traceHeaderSchema, first, 1);
  const events: TraceEvent[] = [];
  for (const line of rest) {
    const number = events.length + 2;
    const event = parseLine(traceEventSchema, line, number);
    expectNext(events.at(-1), event, number);
    events.push(event);
  }
  const last = events.at(-1);
  if (last === undefined || !isEnd(last)) {
    events.push({ seq: events.length, t: last?.t ?? 0, at: 'client', plane: 'note', kind: 'end', why: 'cut' });
  }
  return { header, events };
}

/** The lines of the text without a torn last one. */
function wholeLines(text: string): readonly string[] {
  if (text === '') throw new TraceFormatError(1, 'the file is empty');
  const lines = text.split('\n');
  const last = lines.pop() ?? '';
  // No beginning of an object is JSON: what can be read is whole.
  if (last !== '' && readJson(last) !== undefined) return [...lines, last];
  if (lines.length === 0) throw new TraceFormatError(1, 'the header line has no end');
  return lines;
}

function expectNext(last: TraceEvent | undefined, event: TraceEvent, line: number): void {
  if (last !== undefined && isEnd(last)) throw new TraceFormatError(line, 'events follow the end');
  const seq = last === undefined ? 0 : last.seq + 1;
  if (event.seq !== seq) throw new TraceFormatError(line, `seq is ${event.seq}, expected ${seq}`);
  if (last !== undefined && event.t < last.t) throw new TraceFormatError(line, `t is ${event.t}, after ${last.t}`);
}

function isEnd(event: TraceEvent): boolean {
  return event.plane === 'note' && event.kind === 'end';
}

function parseLine<T>(schema: z.ZodType<T>, line: string, number: number): T {
  const value = readJson(line);
  if (value === undefined) throw new TraceFormatError(number, 'not JSON');
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new TraceFormatError(number, `${issue?.path.join('.') || 'value'}: ${issue?.message ?? 'not of the format'}`);
}

/** Undefined for what is no JSON text. */
function readJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
