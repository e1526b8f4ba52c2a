import type { TraceEvent } from '@mcp-lifeline/trace';
import { always, CITING_NOTHING } from '../../by-revision.js';
import type { Finding, Invariant } from '../../invariant.js';
import { crossings, shapeOf } from '../../wire.js';

interface State {
  readonly endedAt: number | null;
  readonly late: { readonly seq: number; readonly observed: string } | null;
}

/** After the client closed the input it sends nothing: whatever it would say is lost. */
export const nothingSent: Invariant<State> = {
  id: 'client.shutdown.nothing-sent',
  title: 'the client sends nothing after it closed the input',
  level: always('ROBUST'),
  clauses: CITING_NOTHING,
  needs: ['closing', 'wholeRun'],
  initial: { endedAt: null, late: null },
  see,
  verdict: ({ endedAt, late }, end): Finding => {
    const expected = 'nothing after the end of input';
    if (endedAt === null) return { found: 'nothing', lacking: 'closing', why: 'the client closed no input' };
    if (late !== null) return { found: 'broken', expected, observed: late.observed, evidence: [endedAt, late.seq] };
    if (end === 'cut') return { found: 'nothing', lacking: 'wholeRun', why: 'the run was cut short' };
    return { found: 'held', expected, observed: 'nothing', evidence: [endedAt] };
  },
};

function see(state: State, event: TraceEvent): State {
  if (event.at !== 'client') return state;
  if (event.plane === 'process' && event.kind === 'inputEnded') {
    return { ...state, endedAt: state.endedAt ?? event.seq };
  }
  if (state.endedAt === null || state.late !== null || event.plane !== 'wire') return state;
  if (event.kind === 'sentRaw') return { ...state, late: { seq: event.seq, observed: 'what is no message' } };
  const [sent] = crossings(event).filter(({ from }) => from === 'client');
  if (sent === undefined) return state;
  const shape = shapeOf(sent.message);
  const observed = shape.kind === 'request' || shape.kind === 'notification' ? shape.method : `a ${shape.kind}`;
  return { ...state, late: { seq: event.seq, observed } };
}
