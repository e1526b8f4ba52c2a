import type { End } from '@mcp-lifeline/trace';
import { always, CITING_NOTHING } from '../by-revision.js';
import type { Finding, Invariant } from '../invariant.js';
import { seenBy } from './seen.js';

interface State {
  /** The ends that closed. */
  readonly closed: readonly { readonly at: End; readonly seq: number }[];
  readonly late: { readonly evidence: readonly number[]; readonly observed: string } | null;
}

const DELIVERIES = ['delivered', 'handlerStarted'];

/** After the application was told that the session closed, nothing of it reaches the application. */
export const silentAfterClosed: Invariant<State> = {
  id: 'app.silent-after-closed',
  title: 'nothing is delivered once the session is closed, and it closes once',
  level: always('ROBUST'),
  clauses: CITING_NOTHING,
  needs: ['appPlane', 'wholeRun'],
  initial: { closed: [], late: null },
  see: (state, event) => {
    const seen = seenBy(event);
    if (seen === null || state.late !== null) return state;
    const { at, kind, seq } = seen;
    const before = state.closed.find((one) => one.at === at);
    if (before === undefined) return kind === 'closed' ? { ...state, closed: [...state.closed, { at, seq }] } : state;
    if (kind !== 'closed' && !DELIVERIES.includes(kind)) return state;
    return { ...state, late: { evidence: [before.seq, seq], observed: `${kind} after closed` } };
  },
  verdict: ({ closed, late }, end): Finding => {
    const expected = 'nothing after closed';
    if (late !== null) return { found: 'broken', expected, ...late };
    if (closed.length === 0) return { found: 'nothing', lacking: 'appPlane', why: 'no end of a session was recorded' };
    if (end === 'cut') return { found: 'nothing', lacking: 'wholeRun', why: 'the run was cut short' };
    return { found: 'held', expected, observed: 'nothing', evidence: closed.map(({ seq }) => seq) };
  },
};
