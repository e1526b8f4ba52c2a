import type { TraceEvent } from '@mcp-lifeline/trace';
import { always, CITING_NOTHING } from '../by-revision.js';
import type { Finding, Invariant } from '../invariant.js';

interface State {
  readonly lines: number;
  readonly bytes: number;
  readonly firstAt: number | null;
}

/** How much a server writes to stderr: it may, as much as it likes. */
export const stderrNoise: Invariant<State> = {
  id: 'stderr.noise',
  title: 'how much is written to stderr in a plain session',
  level: always('NOTE'),
  clauses: CITING_NOTHING,
  needs: ['wholeRun'],
  initial: { lines: 0, bytes: 0, firstAt: null },
  see,
  verdict: ({ lines, bytes, firstAt }, end): Finding => {
    if (end === 'cut') return { found: 'nothing', lacking: 'wholeRun', why: 'the run was cut short' };
    // Whoever recorded it keeps the beginning of a flood only.
    const least = end === 'limit' || bytes > KEPT_BYTES ? 'at least ' : '';
    const observed = lines === 0 ? 'nothing' : `${least}${lines} ${lines === 1 ? 'line' : 'lines'}, ${bytes} bytes`;
    return { found: 'held', expected: 'any logging', observed, evidence: firstAt === null ? [] : [firstAt] };
  },
};

const KEPT_BYTES = 64 * 1024;

function see(state: State, event: TraceEvent): State {
  if (event.plane !== 'process' || event.kind !== 'stderr') return state;
  return {
    lines: state.lines + 1,
    bytes: state.bytes + event.bytes,
    firstAt: state.firstAt ?? event.seq,
  };
}
