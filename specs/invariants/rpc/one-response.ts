import { always, citing } from '../by-revision.js';
import type { Invariant } from '../invariant.js';
import { askedFor, FENCES, NEW_SESSION, type Session, seeEach } from '../session.js';
import { type Crossing, idKey, shapeOf } from '../wire.js';

/** A request that was answered. */
interface Answered {
  readonly key: string;
  readonly seq: number;
  /** How many requests were answered that were sent after its answer came; no more are counted than are needed. */
  readonly fences: number;
}

interface State {
  readonly session: Session;
  readonly answered: readonly Answered[];
  readonly second: { readonly observed: string; readonly evidence: readonly number[] } | null;
}

/** A request gets one response. One whose id differs in its type is the business of `rpc.id-echo`. */
export const oneResponse: Invariant<State> = {
  id: 'rpc.one-response',
  title: 'no request gets a second response',
  level: always('MUST'),
  clauses: citing('messages/json-rpc'),
  needs: ['handshake', 'alive', 'fences', 'wholeRun'],
  initial: { session: NEW_SESSION, answered: [], second: null },
  see: (state, event) => seeEach(state, event, seeOne),
  verdict: ({ answered, second }, end) => {
    const expected = 'one response to each request';
    if (second !== null) return { found: 'broken', expected, ...second };
    const fenced = answered.filter(({ fences }) => fences >= FENCES);
    if (fenced.length > 0) {
      const observed = `one to each of ${fenced.length} requests`;
      return { found: 'held', expected, observed, evidence: fenced.map(({ seq }) => seq) };
    }
    if (end !== 'quiet') return { found: 'nothing', lacking: 'wholeRun', why: `the run ended (${end}) too early` };
    if (answered.length === 0) return { found: 'nothing', lacking: 'handshake', why: 'no request was answered' };
    return { found: 'nothing', lacking: 'fences', why: 'too few later requests were answered to tell' };
  },
};

function seeOne(state: State, { from, message }: Crossing, before: Session, seq: number): State {
  const shape = shapeOf(message);
  if (from === 'client' || shape.kind !== 'response') return state;
  const answer = askedFor(before, shape);
  if (answer !== null) {
    const { asked } = answer;
    const answered = state.answered.map((one) => {
      return one.fences < FENCES && asked.seq > one.seq ? { ...one, fences: one.fences + 1 } : one;
    });
    return { ...state, answered: [...answered, { key: asked.key ?? 'null', seq, fences: 0 }] };
  }
  // Errors with the id null answer what could not be read, however much of it came.
  if (shape.id === undefined || shape.id === null) return state;
  const key = idKey(shape.id);
  const first = state.answered.find((one) => one.key === key);
  if (first === undefined || state.second !== null) return state;
  return { ...state, second: { observed: `a second response with id ${key}`, evidence: [first.seq, seq] } };
}
