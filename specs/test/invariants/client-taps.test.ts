import type { End, TraceEvent } from '@mcp-lifeline/trace';
import { describe, expect, it } from 'vitest';
import { CLIENT_INVARIANTS, judge } from '../../index.js';
import { exampleFiles, readExamples } from '../examples/files.js';
import { readExample } from '../examples/notation.js';

/** The examples of clients that hold messages and nothing that only one end can see. */
const traces = exampleFiles()
  .filter((file) => file.startsWith('client-') || file === 'app.md')
  .flatMap((file) => readExamples(file).map(({ title, trace }) => [`${file}: ${title}`, readExample(trace)] as const))
  .filter(([, events]) => events.every(isSeenAtBothEnds));

/** What only a tap of its own kind shows. */
const AT_ONE_END = ['client.framing.utf8', 'client.shutdown.nothing-sent'];

describe('where the tap sits', () => {
  it('is tried with many examples', () => {
    expect(traces.length).toBeGreaterThan(60);
  });

  it.each(traces)('does not matter for %s', (_, events) => {
    expect(findings(events.map(atOtherEnd))).toEqual(findings(events));
  });

  it.each(traces)('may be both ends at once for %s', (_, events) => {
    const twice = events.flatMap((event) => (event.plane === 'wire' ? [event, atOtherEnd(event)] : [event]));
    expect(findings(twice.map((event, seq) => ({ ...event, seq })))).toEqual(findings(events));
  });
});

function findings(events: readonly TraceEvent[]): Readonly<Record<string, string>> {
  const judges = CLIENT_INVARIANTS.filter(({ id }) => !AT_ONE_END.includes(id));
  return Object.fromEntries(judges.map((invariant) => [invariant.id, judge(invariant, events).found]));
}

function isSeenAtBothEnds({ plane, kind }: TraceEvent): boolean {
  if (plane === 'wire') return kind === 'sent' || kind === 'received';
  return plane === 'note' || (plane === 'process' && kind === 'lag');
}

/** The same message at the other tap; what is no message stays where it is. */
function atOtherEnd(event: TraceEvent): TraceEvent {
  if (event.plane !== 'wire' || (event.kind !== 'sent' && event.kind !== 'received')) return event;
  const at: End = event.at === 'client' ? 'server' : 'client';
  return { ...event, at, kind: event.kind === 'sent' ? 'received' : 'sent' };
}
