import { isJsonObject, type TraceEvent } from '@mcp-lifeline/trace';
import { always, CITING_NOTHING } from '../by-revision.js';
import type { Finding, Invariant } from '../invariant.js';
import { NEW_SESSION, type Session, seeEach } from '../session.js';
import { type Crossing, idKey, shapeOf } from '../wire.js';

interface State {
  readonly session: Session;
  /** Its first request on a ready session. */
  readonly asked: {
    readonly seq: number;
    readonly key: string;
    readonly method: string;
    /** The tool calls of ours that were on their way: one of them may be why it asks. */
    readonly calls: readonly string[];
  } | null;
  readonly cancelledAt: number | null;
  /** It answered a call that was on its way, so it does not wait for us any more. */
  readonly wentOnAt: number | null;
  readonly waited: { readonly seq: number; readonly ms: number } | null;
}

/** A sender should not wait for ever: what a server does about a request of its own that stays unanswered. */
export const serverRequestTimeout: Invariant<State> = {
  id: 'timeout.server-request',
  title: 'what a server does about its own request that stays unanswered',
  level: always('NOTE'),
  clauses: CITING_NOTHING,
  needs: ['handshake', 'alive', 'serverRequest', 'wholeRun'],
  initial: { session: NEW_SESSION, asked: null, cancelledAt: null, wentOnAt: null, waited: null },
  see: (state, event) => seeWait(seeEach(state, event, seeMessage), event),
  verdict: ({ session, asked, cancelledAt, wentOnAt, waited }, end): Finding => {
    if (asked === null) {
      const lacking = session.initializedAt === null ? 'handshake' : 'serverRequest';
      return { found: 'nothing', lacking, why: 'it sent no request that stayed unanswered' };
    }
    const expected = 'an end to the wait, told by notifications/cancelled';
    const said = { found: 'held', expected } as const;
    if (cancelledAt !== null) {
      const observed = `gave up on ${asked.method}, and said so by notifications/cancelled`;
      return { ...said, observed, evidence: [asked.seq, cancelledAt] };
    }
    if (wentOnAt !== null) {
      const observed = `gave up on ${asked.method} without a notifications/cancelled`;
      return { ...said, observed, evidence: [asked.seq, wentOnAt] };
    }
    if (session.outputEndedAt !== null && (session.closingAt ?? Infinity) > session.outputEndedAt) {
      return { ...said, observed: `ended while it waited for ${asked.method}`, evidence: [asked.seq] };
    }
    if (waited === null || end === 'cut') {
      return { found: 'nothing', lacking: 'wholeRun', why: 'nobody waited until it gave up' };
    }
    const observed = `did not say that it gave up on ${asked.method}`;
    return { ...said, observed, evidence: [asked.seq, waited.seq] };
  },
};

function seeMessage(state: State, { from, message }: Crossing, before: Session, seq: number): State {
  const { asked } = state;
  const shape = shapeOf(message);
  if (from === 'client') {
    const isAnswer = asked !== null && shape.kind === 'response' && idKey(shape.id ?? null) === asked.key;
    return isAnswer ? { ...state, asked: null } : state;
  }
  if (asked === null) {
    if (shape.kind !== 'request' || before.initializedAt === null || shape.method === 'ping') return state;
    const calls = before.pending.flatMap(({ method, key }) => (method === 'tools/call' && key !== null ? [key] : []));
    return { ...state, asked: { seq, key: idKey(shape.id), method: shape.method, calls } };
  }
  if (shape.kind === 'notification' && shape.method === 'notifications/cancelled') {
    const id = isJsonObject(shape.params) ? shape.params.requestId : undefined;
    return id !== undefined && idKey(id) === asked.key ? { ...state, cancelledAt: state.cancelledAt ?? seq } : state;
  }
  const isCall = shape.kind === 'response' && shape.id !== undefined && asked.calls.includes(idKey(shape.id));
  return isCall ? { ...state, wentOnAt: state.wentOnAt ?? seq } : state;
}

/** The wait that counts begins after the request. */
function seeWait(state: State, event: TraceEvent): State {
  const isWait = event.plane === 'note' && (event.kind === 'held' || event.kind === 'waited');
  return isWait && state.asked !== null ? { ...state, waited: { seq: event.seq, ms: event.ms } } : state;
}
