import { describe, expect, it } from 'vitest';
import { formatTrace, type TraceHeader } from '../src/index.js';
import { createTraceReader, parseTrace } from '../src/schema.js';

const HEADER: TraceHeader = {
  trace: 1,
  tool: { name: 'test', version: '1' },
  target: { transport: 'stdio', command: [] },
  revision: null,
  clock: { unit: 'ms', startedAt: '2026-01-01T00:00:00.000Z' },
};
const TEXT = formatTrace({
  header: HEADER,
  events: [
    { seq: 0, t: 0, at: 'client', plane: 'process', kind: 'spawned', pid: 1 },
    { seq: 1, t: 5, at: 'client', plane: 'process', kind: 'outputEnded' },
    { seq: 2, t: 5, at: 'client', plane: 'note', kind: 'end', why: 'quiet' },
  ],
});
const LINES = TEXT.trimEnd().split('\n');

describe('a trace that is read line by line', () => {
  it('is the same as one that is read at once', () => {
    const reader = createTraceReader();
    for (const line of LINES) reader.push(line);
    expect(reader.count).toBe(3);
    expect(reader.finish('cut')).toEqual(parseTrace(TEXT));
  });

  it('ends for the reason that its reader gives, where it has no end of its own', () => {
    const reader = createTraceReader();
    for (const line of LINES.slice(0, 2)) reader.push(line);
    expect(reader.finish('limit').events.at(-1)).toMatchObject({ seq: 1, kind: 'end', why: 'limit' });
  });

  it('drops a line that was torn, and takes one that is whole', () => {
    const torn = createTraceReader();
    torn.push(LINES[0] ?? '');
    torn.pushTail('{"seq":0,"t":0,"at":"cli');
    expect(torn.count).toBe(0);
    torn.pushTail(LINES[1] ?? '');
    expect(torn.count).toBe(1);
  });

  it('is none without a header', () => {
    expect(() => createTraceReader().finish('cut')).toThrow('line 1: the file is empty');
    expect(() => createTraceReader().pushTail('{"trace":')).toThrow('line 1: the header line has no end');
  });
});
