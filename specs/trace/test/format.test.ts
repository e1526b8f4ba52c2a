import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createRecorder,
  createRedactor,
  type EventData,
  formatTrace,
  type Redactor,
  SHORTEST_SECRET,
  type Trace,
  type TraceHeader,
} from '../src/index.js';
import { parseTrace, TraceFormatError } from '../src/schema.js';
import { anyEvent, anyHeader } from './arbitrary-events.js';

describe('a trace as text', () => {
  it('reads back as it was recorded, whatever was recorded', () => {
    fc.assert(
      fc.property(anyHeader, fc.array(anyEvent), fc.constantFrom('quiet', 'cut', 'limit'), (header, events, why) => {
        const trace = traceOf(header, events, why);
        expect(parseTrace(formatTrace(trace))).toEqual(trace);
      }),
    );
  });

  it('is one JSON object a line, with a newline behind each', () => {
    const lines = formatTrace(traceOf(HEADER, [{ plane: 'wire', kind: 'sentRaw', text: 'a\nb', bytes: 3 }])).split(
      '\n',
    );
    expect(lines.pop()).toBe('');
    expect(lines.map((line) => typeof JSON.parse(line))).toEqual(['object', 'object', 'object']);
  });

  it('shows no secret, whatever the secrets and whatever was recorded', () => {
    fc.assert(
      fc.property(fc.array(foreign), fc.array(foreign, { maxLength: 3 }), (secrets, texts) => {
        const redactor = createRedactor();
        for (const [index, secret] of secrets.entries()) redactor.add(`env#${index}`, secret);
        const kept = secrets.filter((secret) => secret.length >= SHORTEST_SECRET);
        const said = [...texts, ...secrets, [...texts, ...secrets].join('')];
        const header = { ...HEADER, scenario: said.join(), target: { ...HEADER.target, command: said } };
        const text = formatTrace(traceOf(header, said.flatMap(eventsThatSay), 'quiet', redactor));
        for (const secret of kept) expect(text).not.toContain(secret);
        const strings = text
          .trimEnd()
          .split('\n')
          .flatMap((line) => stringsIn(JSON.parse(line)));
        for (const secret of kept) expect(strings.filter((string) => string.includes(secret))).toEqual([]);
        expect(parseTrace(text).events).toHaveLength(text.trimEnd().split('\n').length - 1);
      }),
    );
  });
});

describe('reading a trace', () => {
  it('gives a trace without an end the end "cut", at the time of its last event', () => {
    expect(parseTrace(`${LINES.slice(0, 3).join('\n')}\n`).events.at(-1)).toEqual({
      seq: 2,
      t: 20,
      at: 'client',
      plane: 'note',
      kind: 'end',
      why: 'cut',
    });
  });

  it('gives a header alone the end "cut"', () => {
    expect(parseTrace(`${LINES[0]}\n`).events).toEqual([
      { seq: 0, t: 0, at: 'client', plane: 'note', kind: 'end', why: 'cut' },
    ]);
  });

  it('reads a file as far as it goes, wherever it was cut', () => {
    const text = `${LINES.join('\n')}\n`;
    const header = LINES[0]?.length ?? 0;
    for (let size = header; size < text.length; size += 1) {
      const { events } = parseTrace(text.slice(0, size));
      const isWhole = size === text.length - 1;
      expect(events.at(-1)).toMatchObject({ kind: 'end', why: isWhole ? 'quiet' : 'cut' });
    }
  });

  it('counts a last line that is whole, also without its newline', () => {
    expect(parseTrace(LINES.join('\n')).events.at(-1)).toMatchObject({ kind: 'end', why: 'quiet' });
  });

  it('takes lines that end in a carriage return', () => {
    expect(parseTrace(`${LINES.join('\r\n')}\r\n`)).toEqual(parseTrace(`${LINES.join('\n')}\n`));
  });

  it('reads messages that are nested as deep as the parser goes', () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const line = `{"seq":0,"t":0,"at":"client","plane":"wire","kind":"received","message":${deep},"bytes":100000}`;
    expect(parseTrace(`${LINES[0]}\n${line}\n`).events).toHaveLength(2);
  });

  it.each([
    ['an empty file', [], 1, 'empty'],
    ['a torn header', ['{"trace":1,'], 1, 'header'],
    ['another version of the format', [line(0, { trace: 2 }), LINES[1]], 1, 'trace'],
    ['a header without a clock', ['{"trace":1}', LINES[1]], 1, 'tool'],
    ['a line that is no JSON', [LINES[0], 'oops', LINES[2]], 2, 'not JSON'],
    ['an empty line', [LINES[0], '', LINES[1]], 2, 'not JSON'],
    ['a gap in seq', [LINES[0], LINES[1], line(2, { seq: 2 }), ''], 3, 'seq is 2, expected 1'],
    ['a seq that does not begin at 0', [LINES[0], LINES[2], ''], 2, 'seq is 1, expected 0'],
    ['time that runs backwards', [LINES[0], LINES[1], line(2, { t: 9 }), ''], 3, 't is 9, after 10'],
    ['negative time', [LINES[0], line(1, { t: -1 }), ''], 2, 't'],
    ['an end that is not the last', [LINES[0], line(3, { seq: 0 }), line(2, { t: 31 }), ''], 3, 'follow the end'],
    ['a missing field', [LINES[0], line(1, { bytes: undefined }), ''], 2, 'bytes'],
    ['a missing message', [LINES[0], line(1, { message: undefined }), ''], 2, 'message'],
    ['a field that no version knows', [LINES[0], line(1, { extra: 1 }), ''], 2, 'extra'],
    ['an unknown plane', [LINES[0], line(1, { plane: 'astral' }), ''], 2, 'plane'],
    ['an unknown end', [LINES[0], line(1, { at: 'middle' }), ''], 2, 'at'],
    ['a last line that is whole and wrong', [LINES[0], line(1, { seq: 5 })], 2, 'seq is 5'],
  ])('refuses %s, and names the line', (_, lines, number, problem) => {
    const error = errorOf(() => parseTrace(lines.join('\n')));
    expect(error).toBeInstanceOf(TraceFormatError);
    expect(error).toMatchObject({ name: 'TraceFormatError', line: number });
    expect(String(error)).toContain(`line ${number}: `);
    expect(String(error)).toContain(problem);
  });
});

const HEADER: TraceHeader = {
  trace: 1,
  tool: { name: 'mcp-lifeline', version: '0.1.0' },
  target: { transport: 'stdio', command: ['node', 'server.js'] },
  revision: '2025-11-25',
  clock: { unit: 'ms', startedAt: '2026-01-01T00:00:00.000Z' },
};

/** A header, a message at 10 ms, an exit at 20 ms, and the end at 30 ms; written out, so that tests can bend them. */
const VALUES: readonly object[] = [
  HEADER,
  { seq: 0, t: 10, at: 'client', plane: 'wire', kind: 'received', message: { a: 1 }, bytes: 7 },
  { seq: 1, t: 20, at: 'client', plane: 'process', kind: 'exited', code: 0, signal: null },
  { seq: 2, t: 30, at: 'client', plane: 'note', kind: 'end', why: 'quiet' },
];
const LINES: readonly string[] = VALUES.map((value) => JSON.stringify(value));

/** Letters that no word of the format has, and that JSON does not escape: what is found was said by somebody. */
const foreign = fc.string({ unit: fc.constantFrom('Ж', 'Я', '$', '&'), maxLength: 10 });

function line(index: number, change: object): string {
  return JSON.stringify({ ...VALUES[index], ...change });
}

function traceOf(
  header: TraceHeader,
  events: readonly EventData[],
  why: 'quiet' | 'cut' | 'limit' = 'quiet',
  redactor: Redactor = createRedactor(),
): Trace {
  let now = 0;
  const recorder = createRecorder({ header, now: () => (now += 0.5), redactor });
  for (const event of events) recorder.record('client', event);
  return recorder.end(why);
}

/** One event for each place where a text of others may come to stand. */
function eventsThatSay(text: string): EventData[] {
  const bytes = text.length;
  return [
    { plane: 'wire', kind: 'sent', message: { [text]: [text] }, bytes },
    { plane: 'wire', kind: 'received', message: text, bytes },
    { plane: 'wire', kind: 'sentRaw', text, bytes },
    { plane: 'wire', kind: 'garbled', why: 'tooLong', text, bytes },
    { plane: 'process', kind: 'spawnFailed', code: 'ENOENT', message: text },
    { plane: 'process', kind: 'survey', survivors: [{ pid: 1, name: text, inGroup: true }] },
    { plane: 'process', kind: 'stderr', text, bytes },
    { plane: 'note', kind: 'absent', need: 'alive', why: text },
    { plane: 'note', kind: 'waited', for: text, ms: 1, lagMs: 0 },
    { plane: 'note', kind: 'held', what: text, ms: 1 },
    { plane: 'app', kind: 'settled', data: { [text]: text } },
    { plane: 'http', kind: 'asked', data: text },
  ];
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [key, ...stringsIn(item)]);
}

function errorOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return new Error('nothing was thrown');
}
