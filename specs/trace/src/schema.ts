import { z } from 'zod';
import { type EndWhy, TRACE_FORMAT, type Trace, type TraceEvent, type TraceHeader } from './event.js';
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

/** Takes in a trace line by line, for files that are too long to hold as one text. */
export interface TraceReader {
  /** Takes in the next line, without its newline. @throws TraceFormatError */
  push(line: string): void;
  /** Takes in what stands behind the last newline: a line that was torn is dropped. @throws TraceFormatError */
  pushTail(line: string): void;
  /** How many events there are by now. */
  readonly count: number;
  /**
   * The trace as far as it was read; where it has no end of its own, it ends for this reason.
   * @throws TraceFormatError when not even the header was whole
   */
  finish(why: EndWhy): Trace;
}

/** Starts to read a trace. */
export function createTraceReader(): TraceReader {
  const events: TraceEvent[] = [];
  let header: TraceHeader | null = null;
  const push = (line: string): void => {
    if (header === null) {
      header = parseLine(traceHeaderSchema, line, 1);
      return;
    }
    const number = events.length + 2;
    const event = parseLine(traceEventSchema, line, number);
    expectNext(events.at(-1), event, number);
    events.push(event);
  };
  return {
    push,
    pushTail(line) {
      // No beginning of an object is JSON: what can be read is whole.
      if (readJson(line) !== undefined) push(line);
      else if (header === null && line !== '') throw new TraceFormatError(1, 'the header line has no end');
    },
    get count() {
      return events.length;
    },
    finish(why) {
      if (header === null) throw new TraceFormatError(1, 'the file is empty');
      const last = events.at(-1);
      if (last === undefined || !isEnd(last)) {
        events.push({ seq: events.length, t: last?.t ?? 0, at: 'client', plane: 'note', kind: 'end', why });
      }
      return { header, events };
    },
  };
}

/**
 * Reads a trace from JSON Lines.
 *
 * A file that stops without an `end` event, even in the middle of its last line, was cut: it is read as far as it goes
 * and gets the end `cut`. A last line that is whole counts, also without its newline.
 * @throws TraceFormatError for anything else that is not format version 1
 */
export function parseTrace(text: string): Trace {
  const reader = createTraceReader();
  const lines = text.split('\n');
  const tail = lines.pop() ?? '';
  for (const line of lines) reader.push(line);
  reader.pushTail(tail);
  return reader.finish('cut');
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
