import { always, citing } from '../by-revision.js';
import type { Invariant } from '../invariant.js';
import { askedFor, NEW_SESSION, type Session, seeEach } from '../session.js';
import { type Crossing, idKey, looksLike, shapeOf } from '../wire.js';

/** A response that belongs to no request. It may be an answer whose id was mangled as long as `open` is not empty. */
interface Stray {
  readonly seq: number;
  readonly id: string;
  readonly open: readonly string[];
}

interface State {
  readonly session: Session;
  readonly sentKeys: readonly string[];
  readonly strays: readonly Stray[];
  readonly firstNotification: number | null;
}

/** A notification gets no response of any kind. */
export const noReplyToNotification: Invariant<State> = {
  id: 'rpc.no-reply-to-notification',
  title: 'a notification gets no response',
  level: always('MUST'),
  clauses: (revision) =>
    // 2024-11-05 leaves it to JSON-RPC 2.0, section 4.1.
    citing(revision === '2024-11-05' ? 'messages/json-rpc' : 'messages/notification-no-response')(revision),
  needs: ['handshake', 'alive', 'fences', 'steadyMachine', 'wholeRun'],
  initial: { session: NEW_SESSION, sentKeys: [], strays: [], firstNotification: null },
  see: (state, event) => seeEach(state, event, seeOne),
  verdict: (state, end) => {
    const expected = 'no response';
    const stray = state.strays.find(({ open }) => open.length === 0);
    if (stray !== undefined && state.firstNotification !== null) {
      const observed = `a response with id ${stray.id}, which no request had`;
      return { found: 'broken', expected, observed, evidence: [state.firstNotification, stray.seq] };
    }
    const notifications = state.session.pending.filter(({ kind }) => kind === 'notification');
    const fenced = notifications.filter((pending) => pending.fenced);
    const last = fenced.at(-1);
    if (last !== undefined && notifications.length === fenced.length) {
      const observed = `none to ${fenced.length} of them`;
      return { found: 'held', expected, observed, evidence: fenced.map(({ seq }) => seq) };
    }
    if (end !== 'quiet') return { found: 'nothing', lacking: 'wholeRun', why: `the run ended (${end}) too early` };
    const why = 'too few later requests were answered to tell';
    return { found: 'nothing', lacking: 'fences', why };
  },
};

function seeOne(state: State, { from, message }: Crossing, before: Session, seq: number): State {
  const shape = shapeOf(message);
  if (from === 'client') {
    if (shape.kind === 'request') return { ...state, sentKeys: [...state.sentKeys, idKey(shape.id)] };
    return shape.kind === 'notification' ? { ...state, firstNotification: state.firstNotification ?? seq } : state;
  }
  if (shape.kind !== 'response') return state;
  const answer = askedFor(before, shape);
  if (answer !== null) return { ...state, strays: without(state.strays, answer.asked.key) };
  const isRepeated = state.sentKeys.some((key) => looksLike(key, shape.id));
  const isOwed = 'error' in shape.body && isUnreadable(before);
  if (isRepeated || isOwed || state.firstNotification === null) return state;
  const open = before.pending.flatMap(({ key }) => (key === null ? [] : [key]));
  return { ...state, strays: [...state.strays, { seq, id: JSON.stringify(shape.id) ?? 'missing', open }] };
}

/** Whether we sent what may not have been understood at all: then an error to it may carry any id or none. */
function isUnreadable({ malformedAt, strayResponseAt, framed }: Session): boolean {
  return malformedAt !== null || strayResponseAt !== null || framed !== 'plain';
}

function without(strays: readonly Stray[], key: string | null): readonly Stray[] {
  return strays.map((stray) => ({ ...stray, open: stray.open.filter((open) => open !== key) }));
}
