import type { Json, TraceEvent } from '@mcp-lifeline/trace';
import { always } from '../by-revision.js';
import type { Invariant } from '../invariant.js';
import { agreedVersion, NEW_SESSION, type Session, seeSession } from '../session.js';
import { isMessage } from '../stdout/clean.js';
import { ENVELOPE_CLAUSES, faultOf } from './message-fault.js';

interface State {
  readonly session: Session;
  readonly messages: number;
  readonly first: number | null;
  /** We sent a batch ourselves: what answers it may be one as well. */
  readonly isBatching: boolean;
  readonly wrong: { readonly seq: number; readonly observed: string } | null;
  /** An array in a revision that does not mention batches. */
  readonly odd: { readonly seq: number; readonly observed: string } | null;
}

/**
 * Every message of the server's has the form of a request, a notification or a response. The ids of its requests are
 * judged by `rpc.server-request-ids`; JSON that does not mean to be a message, by `stdout.clean`.
 */
export const envelope: Invariant<State> = {
  id: 'rpc.envelope',
  title: 'each message has the form of a request, a notification or a response',
  level: always('MUST'),
  clauses: ENVELOPE_CLAUSES,
  needs: ['handshake', 'wholeRun'],
  initial: { session: NEW_SESSION, messages: 0, first: null, isBatching: false, wrong: null, odd: null },
  see,
  verdict: ({ wrong, odd, messages, first }, end) => {
    const expected = 'JSON-RPC 2.0, as the schema of the revision has it';
    if (wrong !== null) return { found: 'broken', expected, observed: wrong.observed, evidence: [wrong.seq] };
    if (odd !== null) {
      return { found: 'open', ambiguity: 'batch-elsewhere', expected, observed: odd.observed, evidence: [odd.seq] };
    }
    if (first === null) return { found: 'nothing', lacking: 'handshake', why: 'the server sent no message' };
    if (end === 'cut') return { found: 'nothing', lacking: 'wholeRun', why: 'its output was not read to the end' };
    return { found: 'held', expected, observed: `${messages} messages`, evidence: [first] };
  },
};

function see(state: State, event: TraceEvent): State {
  const next = { ...state, session: seeSession(state.session, event) };
  if (event.plane !== 'wire' || event.at !== 'client') return next;
  if (event.kind === 'sent' && Array.isArray(event.message)) return { ...next, isBatching: true };
  if (event.kind !== 'received' || !isMessage(event.message)) return next;
  const batch = Array.isArray(event.message) ? (event.message as readonly Json[]) : null;
  const members = batch ?? [event.message];
  const counted = { ...next, messages: next.messages + members.length, first: next.first ?? event.seq };
  const [fault] = members.flatMap((message) => faultOf(message, next.session.malformedAt !== null) ?? []);
  if (fault !== undefined) return { ...counted, wrong: state.wrong ?? { seq: event.seq, observed: fault } };
  return batch === null || state.isBatching ? counted : seeBatch(counted, event.seq);
}

/** Only 2025-03-26 has batches. 2024-11-05 does not forbid what JSON-RPC has; later ones want single messages. */
function seeBatch(state: State, seq: number): State {
  const revision = agreedVersion(state.session);
  const observed = `an array of messages in ${revision}`;
  if (revision === null || revision === '2025-03-26') return state;
  if (revision === '2024-11-05') return { ...state, odd: state.odd ?? { seq, observed } };
  return { ...state, wrong: state.wrong ?? { seq, observed } };
}
