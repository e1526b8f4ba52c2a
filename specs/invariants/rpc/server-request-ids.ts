import { always, citing } from '../by-revision.js';
import type { Invariant } from '../invariant.js';
import { NEW_SESSION, type Session, seeEach } from '../session.js';
import { type Crossing, idKey, shapeOf } from '../wire.js';

interface State {
  readonly session: Session;
  /** The keys of the ids that the server used so far, each with the request that brought it. */
  readonly used: readonly { readonly key: string; readonly seq: number }[];
  readonly wrong: { readonly observed: string; readonly evidence: readonly number[] } | null;
}

/** The server's own requests have ids that are strings or integers, none of them twice in a session. */
export const serverRequestIds: Invariant<State> = {
  id: 'rpc.server-request-ids',
  title: 'the server gives each request of its own a new id, a string or an integer',
  level: always('MUST'),
  clauses: citing('messages/request-id', 'messages/request-id-not-null', 'messages/request-id-unique'),
  needs: ['serverRequest'],
  initial: { session: NEW_SESSION, used: [], wrong: null },
  see: (state, event) => seeEach(state, event, seeOne),
  verdict: ({ used, wrong }) => {
    const expected = 'strings or integers, each used once';
    if (wrong !== null) return { found: 'broken', expected, ...wrong };
    if (used.length === 0) return { found: 'nothing', lacking: 'serverRequest', why: 'the server asked for nothing' };
    const observed = `${used.length} of them`;
    return { found: 'held', expected, observed, evidence: used.map(({ seq }) => seq) };
  },
};

function seeOne(state: State, { from, message }: Crossing, _before: Session, seq: number): State {
  const shape = shapeOf(message);
  // A notification that has an id is the business of rpc.envelope.
  if (from === 'client' || shape.kind !== 'request' || shape.method.startsWith('notifications/')) return state;
  const key = idKey(shape.id);
  const earlier = state.used.find((used) => used.key === key);
  const next = { ...state, used: [...state.used, { key, seq }] };
  if (state.wrong !== null) return next;
  if (typeof shape.id !== 'string' && !Number.isInteger(shape.id)) {
    return { ...next, wrong: { observed: `${shape.method} has the id ${key}`, evidence: [seq] } };
  }
  if (earlier === undefined) return next;
  return { ...next, wrong: { observed: `${shape.method} has the id ${key} again`, evidence: [earlier.seq, seq] } };
}
