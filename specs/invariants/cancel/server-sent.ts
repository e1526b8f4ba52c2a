import { always, citing } from '../by-revision.js';
import type { Invariant } from '../invariant.js';
import { type Crossing, crossings, idKey, shapeOf } from '../wire.js';
import { cancelledKey } from './cancelled-call.js';

interface State {
  /** The ids of the server's own requests, by type and value. */
  readonly own: readonly string[];
  /** Its cancellations: the first one of a request that is not its own, else the last one. */
  readonly cancel: { readonly seq: number; readonly key: string; readonly isOwn: boolean } | null;
}

/** The server cancels only requests that it sent itself. */
export const cancelServerSent: Invariant<State> = {
  id: 'cancel.server-sent',
  title: 'the server cancels only requests of its own',
  level: always('MUST'),
  clauses: citing('cancellation/same-direction'),
  needs: ['serverCancel', 'wholeRun'],
  initial: { own: [], cancel: null },
  see: (state, event) => crossings(event).reduce((next, crossing) => seeOne(next, crossing, event.seq), state),
  verdict: ({ cancel }, end) => {
    if (cancel === null) {
      if (end !== 'quiet') return { found: 'nothing', lacking: 'wholeRun', why: `the run ended (${end}) too early` };
      return { found: 'nothing', lacking: 'serverCancel', why: 'the server cancelled no request' };
    }
    const expected = 'the id of a request that the server sent before';
    const observed = `it cancelled ${cancel.key}, ${cancel.isOwn ? 'a request of its own' : 'which it never sent'}`;
    return { found: cancel.isOwn ? 'held' : 'broken', expected, observed, evidence: [cancel.seq] };
  },
};

function seeOne(state: State, { from, message }: Crossing, seq: number): State {
  if (from === 'client') return state;
  const shape = shapeOf(message);
  if (shape.kind === 'request') return { ...state, own: [...state.own, idKey(shape.id)] };
  const key = cancelledKey(message);
  if (key === null || state.cancel?.isOwn === false) return state;
  return { ...state, cancel: { seq, key, isOwn: state.own.includes(key) } };
}
