import { always, citing } from '../by-revision.js';
import type { Invariant } from '../invariant.js';
import { type Crossing, crossings, shapeOf } from '../wire.js';
import { progressOf, tokenIn } from './tokens.js';

interface State {
  /** The tokens that came with requests of ours, by type and value. */
  readonly given: readonly string[];
  readonly rightAt: number | null;
  /** The first notification that names something else. */
  readonly wrong: { readonly seq: number; readonly observed: string } | null;
}

/** A notification of progress names, by type and value, a token that came with a request of ours. */
export const progressToken: Invariant<State> = {
  id: 'progress.token',
  title: 'progress names the very token of a request',
  level: always('MUST'),
  clauses: citing('progress/active-token'),
  needs: ['progress', 'wholeRun'],
  initial: { given: [], rightAt: null, wrong: null },
  see: (state, event) => crossings(event).reduce((next, crossing) => seeOne(next, crossing, event.seq), state),
  verdict: ({ given, rightAt, wrong }, end) => {
    const expected = `a token that came with a request: ${given.join(', ') || 'none did'}`;
    if (wrong !== null) return { found: 'broken', expected, observed: wrong.observed, evidence: [wrong.seq] };
    if (rightAt !== null) return { found: 'held', expected, observed: 'such a token', evidence: [rightAt] };
    if (end !== 'quiet') return { found: 'nothing', lacking: 'wholeRun', why: `the run ended (${end}) too early` };
    return { found: 'nothing', lacking: 'progress', why: 'the server told of no progress' };
  },
};

function seeOne(state: State, { from, message }: Crossing, seq: number): State {
  const shape = shapeOf(message);
  if (from === 'client') {
    const token = shape.kind === 'request' ? tokenIn(shape.params) : null;
    return token === null ? state : { ...state, given: [...state.given, token] };
  }
  const progress = progressOf(shape);
  if (progress === null || state.wrong !== null) return state;
  const { token } = progress;
  if (token !== null && state.given.includes(token)) return { ...state, rightAt: state.rightAt ?? seq };
  const observed = token === null ? 'progress that names no token' : `progress of token ${token}`;
  return { ...state, wrong: { seq, observed } };
}
