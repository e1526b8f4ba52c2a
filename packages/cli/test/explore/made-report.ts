import type {
  Account,
  Configuration,
  ConfigurationReport,
  PropertyReport,
  Story,
  Violation,
} from '@mcp-lifeline/explore';
import { TRACE_FORMAT } from '@mcp-lifeline/trace';

/** A configuration that nobody builds. */
export function madeConfiguration(
  id: string,
  bounds: Configuration['bounds'] = { calls: 2, losses: 1 },
): Configuration {
  return {
    id,
    title: `what ${id} is about`,
    bounds,
    build: () => {
      throw new Error('it is explored by a test');
    },
  };
}

/** A report of 1,234 states that all hold of, but for what is given. */
export function madeReport(id: string, given: Partial<ConfigurationReport> = {}): ConfigurationReport {
  const { title, bounds } = madeConfiguration(id);
  const size = {
    states: 1_234,
    edges: 5_678,
    depth: 9,
    terminals: 1,
    seconds: 0.5,
    bytesPerState: 48.4,
    edgeBytesPerState: 40,
  };
  const properties = [madeProperty('call.once'), madeProperty('call.settles', { kind: 'eventually' })];
  return { id, title, bounds, ending: 'fixpoint', why: null, size, properties, thrownAt: null, ...given };
}

export function madeProperty(id: string, given: Partial<PropertyReport> = {}): PropertyReport {
  const title = `what ${id} says`;
  return { id, title, kind: 'always', status: 'holds', witnessedAfter: null, violation: null, ...given };
}

/** A property that a loss breaks, and that may then stay broken for ever. */
export function madeViolation(id: string): PropertyReport {
  const violation: Violation = { why: 'the call is open for ever', ...madeAccount(id) };
  return madeProperty(id, { kind: 'eventually', status: 'violated', violation });
}

/** A way of two steps, and a round of one. */
export function madeAccount(id: string): Account {
  const story: Story = {
    start: ['client: idle', 'channel: nothing'],
    steps: [
      { move: 'client: calls', changes: ['channel: a request'] },
      { move: 'channel: loses it', changes: ['channel: nothing'] },
    ],
    round: [{ move: 'server: waits', changes: [] }],
  };
  const header = {
    trace: TRACE_FORMAT,
    tool: { name: 'test', version: '0' },
    target: { transport: 'stdio', command: [] },
    scenario: id,
    revision: null,
    clock: { unit: 'ms', startedAt: '1970-01-01T00:00:00.000Z' },
  } as const;
  return { story, trace: { header, events: [{ seq: 0, t: 0, at: 'client', plane: 'note', kind: 'end', why: 'cut' }] } };
}
