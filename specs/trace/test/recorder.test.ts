import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRecorder, createRedactor, formatTrace, type Recorder, type TraceHeader, tapsAt } from '../src/index.js';
import { anyEvent } from './arbitrary-events.js';

describe('a recorder', () => {
  it('counts its events from 0 without gaps', () => {
    fc.assert(
      fc.property(fc.array(anyEvent), (events) => {
        const recorder = recorderAt(() => 0);
        for (const event of events) recorder.record('client', event);
        const { events: recorded } = recorder.end('quiet');
        expect(recorded.map(({ seq }) => seq)).toEqual(recorded.map((_, index) => index));
        expect(recorded).toHaveLength(events.length + 1);
      }),
    );
  });

  it('never lets time run backwards, even when the clock jumps back', () => {
    const recorder = recorderAt(clockOf(1000, 1010, 900, 1005, 1020));
    for (let index = 0; index < 3; index += 1) recorder.record('client', { plane: 'process', kind: 'inputEnded' });
    expect(recorder.end('quiet').events.map(({ t }) => t)).toEqual([10, 10, 10, 20]);
  });

  it('counts time in ms from its own start, to the microsecond', () => {
    const recorder = recorderAt(clockOf(5_000.25, 5_001.2504999));
    recorder.record('client', { plane: 'process', kind: 'inputEnded' });
    expect(recorder.trace.events[0]?.t).toBe(1);
  });

  it('drops what comes after the end', () => {
    const recorder = recorderAt(() => 0);
    recorder.end('quiet');
    recorder.record('client', { plane: 'process', kind: 'groupGone' });
    expect(recorder.trace.events).toHaveLength(1);
  });

  it('ends once: a second end changes nothing', () => {
    const recorder = recorderAt(() => 0);
    recorder.redactor.add('env#KEY', 'hunter22');
    const first = recorder.end('limit');
    const before = formatTrace(first);
    recorder.redactor.add('env#LATE', 'swordfish');
    expect(formatTrace(recorder.end('cut'))).toBe(before);
  });

  it('replaces secrets in its header', () => {
    const redactor = createRedactor();
    redactor.add('argument#2', 'hunter22');
    const command = ['node', 'server.js', '--key=hunter22'];
    const header = { ...HEADER, scenario: 'with hunter22', target: { ...HEADER.target, command } };
    const { trace } = createRecorder({ header, now: () => 0, redactor });
    expect(trace.header.target.command).toEqual(['node', 'server.js', '--key=argument#2']);
    expect(trace.header.scenario).toBe('with argument#2');
  });

  it('writes what is known about each secret before the end, and nothing that gives it away', () => {
    const recorder = recorderAt(() => 0);
    recorder.redactor.add('env#KEY', 'hunter22');
    recorder.redactor.add('env#NAME', 'two words');
    expect(recorder.end('quiet').events).toEqual([
      { seq: 0, t: 0, at: 'client', plane: 'note', kind: 'secret', label: 'env#KEY', length: 8, visibleAscii: true },
      { seq: 1, t: 0, at: 'client', plane: 'note', kind: 'secret', label: 'env#NAME', length: 9, visibleAscii: false },
      { seq: 2, t: 0, at: 'client', plane: 'note', kind: 'end', why: 'quiet' },
    ]);
  });

  it('keeps the words of the format when a secret is one of them', () => {
    const recorder = recorderAt(() => 0);
    for (const word of ['wire', 'process', 'kind', 'received', 'exited', 'client', 'text', 'tool', 'stdio', 'quiet']) {
      recorder.redactor.add(`env#${word.toUpperCase()}`, word);
    }
    recorder.record('client', { plane: 'wire', kind: 'received', message: { a: 'wire' }, bytes: 12 });
    recorder.record('client', { plane: 'process', kind: 'exited', code: 0, signal: null });
    const { events } = recorder.end('quiet');
    expect(events[0]).toMatchObject({ plane: 'wire', kind: 'received', message: { a: 'env#WIRE' } });
    expect(events[1]).toEqual({ seq: 1, t: 0, at: 'client', plane: 'process', kind: 'exited', code: 0, signal: null });
    expect(events.at(-1)).toMatchObject({ plane: 'note', kind: 'end', why: 'quiet' });
  });

  it('leaves the end of a garbled line alone that was not cut', () => {
    const recorder = recorderAt(() => 0);
    recorder.redactor.add('env#KEY', 'orange juice');
    recorder.record('client', { plane: 'wire', kind: 'garbled', why: 'notJson', text: 'on stdio', bytes: 8 });
    expect(recorder.trace.events[0]).toMatchObject({ text: 'on stdio' });
  });

  it.each([
    ['the bound was crossed', 'tooLong', 14],
    ['only its beginning is kept', 'notJson', 9000],
    ['output ended in the middle of it', 'cutOff', 14],
  ] as const)('replaces half a secret at the end of a garbled line when %s', (_, why, bytes) => {
    const recorder = recorderAt(() => 0);
    recorder.redactor.add('env#KEY', 'hunter22');
    recorder.record('client', { plane: 'wire', kind: 'garbled', why, text: 'the key: hunte', bytes });
    expect(recorder.trace.events[0]).toMatchObject({ text: 'the key: env#KEY' });
  });
});

describe('a tap', () => {
  it('records on its plane, at its end', () => {
    const recorder = recorderAt(() => 0);
    const taps = tapsAt('server', recorder);
    taps.wire({ kind: 'sentRaw', text: 'x', bytes: 1 });
    taps.process({ kind: 'spawned', pid: 7 });
    taps.note({ kind: 'held', what: 'initialized', ms: 5 });
    expect(recorder.trace.events.map(({ at, plane, kind }) => [at, plane, kind])).toEqual([
      ['server', 'wire', 'sentRaw'],
      ['server', 'process', 'spawned'],
      ['server', 'note', 'held'],
    ]);
  });
});

const HEADER: TraceHeader = {
  trace: 1,
  tool: { name: 'mcp-lifeline', version: '0.1.0' },
  target: { transport: 'stdio', command: ['node', 'server.js'] },
  revision: null,
  clock: { unit: 'ms', startedAt: '2026-01-01T00:00:00.000Z' },
};

function recorderAt(now: () => number): Recorder {
  return createRecorder({ header: HEADER, now });
}

/** A clock that shows these times one after the other, and then stands still. */
function clockOf(...times: number[]): () => number {
  let at = -1;
  return () => {
    at = Math.min(at + 1, times.length - 1);
    return times[at] ?? 0;
  };
}
