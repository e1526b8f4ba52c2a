import fc from 'fast-check';
import type { EventData, Json, TraceHeader } from '../src/index.js';

const text = fc.string({ unit: 'binary', maxLength: 20 });
const count = fc.nat();
const ms = fc.double({ min: 0, max: 1e9, noNaN: true });
// As JSON text gives it back: -0 is not told from 0 there.
const json = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as Json);
const code = fc.option(fc.integer({ min: 0, max: 255 }));
const signal = fc.constantFrom('SIGTERM' as const, 'SIGKILL' as const);
const survivor = fc.record({ pid: fc.integer({ min: 1, max: 2 ** 22 }), name: text, inGroup: fc.boolean() });

/** The kinds of the planes whose kinds are fixed. */
export type FixedKind = Extract<EventData, { plane: 'wire' | 'process' | 'note' }>['kind'];

/** One arbitrary for each kind there is; the compiler sees to it that none is missing. */
export const EVENTS_BY_KIND: Readonly<Record<FixedKind, fc.Arbitrary<EventData>>> = {
  sent: wire('sent', { message: json, bytes: count }),
  received: wire('received', { message: json, bytes: count }),
  sentRaw: wire('sentRaw', { text, bytes: count }),
  garbled: wire('garbled', {
    why: fc.constantFrom('blank', 'notJson', 'notUtf8', 'tooLong', 'cutOff'),
    text,
    bytes: count,
  }),
  spawned: process('spawned', { pid: survivor.map(({ pid }) => pid) }),
  spawnFailed: process('spawnFailed', { code: text, message: text }),
  inputEnded: process('inputEnded', {}),
  inputBroken: process('inputBroken', {}),
  outputEnded: process('outputEnded', {}),
  groupGone: process('groupGone', {}),
  abandoned: process('abandoned', {}),
  outputClosed: process('outputClosed', {}),
  load: process('load', { cpuMs: ms, ms: ms.filter((value) => value > 0) }),
  signalled: process('signalled', { signal, by: fc.constantFrom('scenario', 'ladder') }),
  exited: process('exited', { code, signal: fc.option(signal) }),
  survey: process('survey', { survivors: fc.array(survivor, { maxLength: 3 }) }),
  stderr: process('stderr', { text, bytes: count }),
  lag: process('lag', { ms }),
  absent: note('absent', { need: text, why: text }),
  waited: note('waited', { for: text, ms, lagMs: ms }),
  held: note('held', { what: text, ms }),
  framed: note('framed', { how: text }),
  secret: note('secret', { label: text, length: count, visibleAscii: fc.boolean() }),
  end: note('end', { why: fc.constantFrom('quiet', 'cut', 'limit') }),
};

/** An event on a plane whose kinds are open. */
export const openEvent: fc.Arbitrary<EventData> = fc.record(
  { plane: fc.constantFrom('app' as const, 'http' as const), kind: text, data: json },
  { requiredKeys: ['plane', 'kind'] },
);

/** Any event but the end. */
export const anyEvent: fc.Arbitrary<EventData> = fc.oneof(
  openEvent,
  ...Object.entries(EVENTS_BY_KIND).flatMap(([kind, event]) => (kind === 'end' ? [] : [event])),
);

/** Any header of this version. */
export const anyHeader: fc.Arbitrary<TraceHeader> = fc.record(
  {
    trace: fc.constant(1 as const),
    tool: fc.record({ name: text, version: text }),
    target: fc.record({ transport: fc.constant('stdio' as const), command: fc.array(text, { maxLength: 3 }) }),
    scenario: text,
    revision: fc.option(text),
    clock: fc.record({
      unit: fc.constant('ms' as const),
      startedAt: fc
        .date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true })
        .map((date) => date.toISOString()),
    }),
  },
  { requiredKeys: ['trace', 'tool', 'target', 'revision', 'clock'] },
);

function wire(kind: FixedKind, fields: object): fc.Arbitrary<EventData> {
  return event('wire', kind, fields);
}

function process(kind: FixedKind, fields: object): fc.Arbitrary<EventData> {
  return event('process', kind, fields);
}

function note(kind: FixedKind, fields: object): fc.Arbitrary<EventData> {
  return event('note', kind, fields);
}

function event(plane: EventData['plane'], kind: FixedKind, fields: object): fc.Arbitrary<EventData> {
  const model = { plane: fc.constant(plane), kind: fc.constant(kind), ...fields };
  return fc.record(model) as unknown as fc.Arbitrary<EventData>;
}
