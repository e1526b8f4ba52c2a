import { always, citing } from '../by-revision.js';
import type { Invariant } from '../invariant.js';
import { type Crossing, crossings, idKey, shapeOf } from '../wire.js';
import { tokenIn } from './tokens.js';

interface State {
  /** The server's requests with a token that we have not answered. */
  readonly active: readonly { readonly key: string; readonly token: string; readonly seq: number }[];
  readonly right: { readonly seq: number; readonly token: string } | null;
  readonly wrong: { readonly evidence: readonly number[]; readonly observed: string } | null;
}

/** The tokens of the server's own requests are strings or integers, and no two active requests share one. */
export const progressServerToken: Invariant<State> = {
  id: 'progress.server-token',
  title: 'the progress tokens of the server are strings or integers, and unique among its active requests',
  level: always('MUST'),
  clauses: citing('progress/token-type', 'progress/token-unique'),
  needs: ['serverToken', 'wholeRun'],
  initial: { active: [], right: null, wrong: null },
  see: (state, event) => crossings(event).reduce((next, crossing) => seeOne(next, crossing, event.seq), state),
  verdict: ({ right, wrong }, end) => {
    const expected = 'a string or an integer that no other active request has';
    if (wrong !== null) return { found: 'broken', expected, ...wrong };
    if (right !== null) return { found: 'held', expected, observed: `token ${right.token}`, evidence: [right.seq] };
    if (end !== 'quiet') return { found: 'nothing', lacking: 'wholeRun', why: `the run ended (${end}) too early` };
    return { found: 'nothing', lacking: 'serverToken', why: 'no request of the server carried a progress token' };
  },
};

function seeOne(state: State, { from, message }: Crossing, seq: number): State {
  const shape = shapeOf(message);
  if (from === 'client') {
    if (shape.kind !== 'response' || shape.id === undefined) return state;
    // From here on the server may have read our answer, and the token may be free again.
    const answered = idKey(shape.id);
    return { ...state, active: state.active.filter(({ key }) => key !== answered) };
  }
  const token = shape.kind === 'request' ? tokenIn(shape.params) : null;
  if (shape.kind !== 'request' || token === null || state.wrong !== null) return state;
  const value: unknown = JSON.parse(token);
  if (typeof value !== 'string' && !Number.isInteger(value)) {
    return { ...state, wrong: { evidence: [seq], observed: `token ${token}` } };
  }
  const other = state.active.find((one) => one.token === token);
  if (other !== undefined) {
    const observed = `token ${token} in two active requests`;
    return { ...state, wrong: { evidence: [other.seq, seq], observed } };
  }
  const active = [...state.active, { key: idKey(shape.id), token, seq }];
  return { ...state, active, right: state.right ?? { seq, token } };
}
