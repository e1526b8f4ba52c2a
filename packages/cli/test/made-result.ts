import type { Run } from '@mcp-lifeline/check';
import { REVISIONS } from '@mcp-lifeline/specs';
import type { EventData, TraceEvent } from '@mcp-lifeline/trace';
import type { Outcome, OutcomeRow } from '../src/expect/outcome.ts';

/** A row that passed; what a test is about, it says itself. */
export function madeRow(part: Partial<OutcomeRow> & Pick<OutcomeRow, 'id'>): OutcomeRow {
  return {
    revision: '2025-11-25',
    title: `what ${part.id} is about`,
    level: 'MUST',
    status: 'pass',
    clauses: [],
    evidence: [],
    seconds: 0.25,
    ...part,
  };
}

/** A run with these events, a tenth of a second apart. */
export function madeRun(id: string, events: readonly EventData[], part: Partial<Run> = {}): Run {
  const [scenario = '', offer = ''] = id.split('@');
  const stamped = events.map((event, seq): TraceEvent => ({ seq, t: seq * 100, at: 'client', ...event }));
  return {
    id,
    scenario,
    offer,
    trace: {
      header: {
        trace: 1,
        tool: { name: 'mcp-lifeline', version: '0.1.0' },
        target: { transport: 'stdio', command: ['node', 'server.js'] },
        scenario,
        revision: offer,
        clock: { unit: 'ms', startedAt: '2026-01-01T00:00:00.000Z' },
      },
      events: stamped,
    },
    seconds: 1,
    spawnError: null,
    stderrTail: '',
    outputBytes: 100,
    ...part,
  };
}

/** A result that passed with nothing in it; what a test is about, it says itself. */
export function madeResult(part: Partial<Outcome> = {}): Outcome {
  return {
    command: ['node', 'server.js'],
    verdict: 'pass',
    serverInfo: { name: 'made-up', version: '1.2.3' },
    revisions: ['2025-06-18', '2025-11-25'],
    tried: REVISIONS,
    preferred: '2025-11-25',
    counted: ['2025-11-25'],
    rows: [],
    runs: [],
    stale: [],
    seconds: 12.34,
    stderrTail: '',
    ...part,
  };
}
