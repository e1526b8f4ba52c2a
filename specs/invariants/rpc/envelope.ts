import { isJsonObject, type Json, type JsonObject, type TraceEvent } from '@mcp-lifeline/trace';
import type { Revision } from '../../clauses/revision.js';
import { always, citing } from '../by-revision.js';
import type { Invariant } from '../invariant.js';
import { NEW_SESSION, type Session, seeSession } from '../session.js';
import { isMessage } from '../stdout/clean.js';

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
  clauses: (revision) => citing(...CLAUSES[revision])(revision),
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

const COMMON = ['messages/json-rpc', 'messages/notification-no-id', 'messages/error-code-integer'] as const;
const EITHER = ['messages/result-or-error', 'messages/result-not-with-error'] as const;
const SINCE_MARCH = ['messages/error-code-and-message', 'messages/result-shape'] as const;
const CLAUSES: Readonly<Record<Revision, readonly string[]>> = {
  '2024-11-05': [...COMMON, ...EITHER],
  '2025-03-26': [...COMMON, ...EITHER, ...SINCE_MARCH],
  '2025-06-18': [...COMMON, ...EITHER, ...SINCE_MARCH],
  '2025-11-25': [...COMMON, ...SINCE_MARCH, 'messages/result-field', 'messages/error-response-id'],
};

function see(state: State, event: TraceEvent): State {
  const next = { ...state, session: seeSession(state.session, event) };
  if (event.plane !== 'wire' || event.at !== 'client') return next;
  if (event.kind === 'sent' && Array.isArray(event.message)) return { ...next, isBatching: true };
  if (event.kind !== 'received' || !isMessage(event.message)) return next;
  const batch = Array.isArray(event.message) ? (event.message as readonly Json[]) : null;
  const members = batch ?? [event.message];
  const counted = { ...next, messages: next.messages + members.length, first: next.first ?? event.seq };
  const [fault] = members.flatMap((message) => faultOf(message, next.session) ?? []);
  if (fault !== undefined) return { ...counted, wrong: state.wrong ?? { seq: event.seq, observed: fault } };
  return batch === null || state.isBatching ? counted : seeBatch(counted, event.seq);
}

/** Only 2025-03-26 has batches. 2024-11-05 does not forbid what JSON-RPC has; later ones want single messages. */
function seeBatch(state: State, seq: number): State {
  const revision = revisionOf(state.session);
  const observed = `an array of messages in ${revision}`;
  if (revision === null || revision === '2025-03-26') return state;
  if (revision === '2024-11-05') return { ...state, odd: state.odd ?? { seq, observed } };
  return { ...state, wrong: state.wrong ?? { seq, observed } };
}

function revisionOf({ answer }: Session): string | null {
  const result = answer?.result;
  const version = isJsonObject(result) ? result.protocolVersion : undefined;
  return typeof version === 'string' ? version : null;
}

/** What is wrong with a message, in words; null when nothing is. */
function faultOf(message: Json, session: Session): string | null {
  if (!isJsonObject(message)) return null;
  const { jsonrpc, method } = message;
  if (jsonrpc !== '2.0') return `${nameOf(message)}: jsonrpc is ${textOf(jsonrpc)}`;
  const fault = 'method' in message ? callFault(message) : responseFault(message, session);
  if (fault === null) return null;
  return `${typeof method === 'string' ? method : nameOf(message)}: ${fault}`;
}

function callFault({ id, method, params, ...rest }: JsonObject): string | null {
  if (typeof method !== 'string') return `method is ${textOf(method)}`;
  if (method.startsWith('notifications/') && id !== undefined) return `a notification with id ${textOf(id)}`;
  if (params !== undefined && !isJsonObject(params)) return `params is ${textOf(params)}`;
  if ('result' in rest || 'error' in rest) return 'both a call and a response';
  return null;
}

function responseFault(message: JsonObject, { malformedAt }: Session): string | null {
  const { id, result, error } = message;
  if (result === undefined && error === undefined) return 'no method, no result, no error';
  if (result !== undefined && error !== undefined) return 'both result and error';
  // 2025-11-25/messages/error-response-id; `error-id-null-or-absent`. What JSON-RPC alone would take for a request with
  // the id null has such a result.
  const mayLackId = error !== undefined || malformedAt !== null;
  if (!isId(id) && !(mayLackId && (id === undefined || id === null))) return `the id of a response is ${textOf(id)}`;
  if (result !== undefined) return isJsonObject(result) ? null : `result is ${textOf(result)}`;
  if (!isJsonObject(error)) return `error is ${textOf(error)}`;
  if (!Number.isInteger(error.code)) return `error.code is ${textOf(error.code)}`;
  return typeof error.message === 'string' ? null : `error.message is ${textOf(error.message)}`;
}

function isId(id: Json | undefined): boolean {
  return typeof id === 'string' || Number.isInteger(id);
}

function nameOf({ id, result, error }: JsonObject): string {
  if (result === undefined && error === undefined) return 'a message';
  return `the response to ${textOf(id)}`;
}

function textOf(value: Json | undefined): string {
  const text = JSON.stringify(value) ?? 'missing';
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
