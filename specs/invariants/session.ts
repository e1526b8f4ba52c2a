import { isJsonObject, type Json, type JsonObject, type TraceEvent } from '@mcp-lifeline/trace';
import { type Crossing, crossings, idKey, looksLike, type Shape, shapeOf } from './wire.js';

/** Later requests that have to be answered before a silence means something; the last one on an idle session. */
export const FENCES = 3;

/** Something the client sent that was not answered (a request) or not yet fenced (a notification). */
export interface Pending {
  readonly kind: 'request' | 'notification';
  /** The id by type and value; null for a notification. */
  readonly key: string | null;
  readonly method: string;
  readonly seq: number;
  /** How many later requests were answered. */
  readonly fences: number;
  /** Whether the last one needed was sent while nothing else was open. */
  readonly fenced: boolean;
  /** Whether nothing else was open when this was sent. */
  readonly idle: boolean;
}

/** What happened so far, as far as several invariants need it. Seen from the client; nothing in it is a judgement. */
export interface Session {
  readonly offered: string | null;
  readonly initializeAt: number | null;
  readonly initializeKey: string | null;
  /** The answer to `initialize`, whole, and when it came. */
  readonly answer: JsonObject | null;
  readonly answeredAt: number | null;
  readonly initializedAt: number | null;
  readonly pending: readonly Pending[];
  /** The first thing that we did to end it: after that, silence is no evidence. */
  readonly closingAt: number | null;
  readonly outputEndedAt: number | null;
  readonly exit: { readonly seq: number; readonly code: number | null; readonly signal: string | null } | null;
  /** The keys of the server's requests that the client has not answered. */
  readonly owed: readonly string[];
  /** When the client first sent what is no message: an error without an id is a fair answer to it. */
  readonly malformedAt: number | null;
  /** When the client first sent a response to no request. */
  readonly strayResponseAt: number | null;
  /** How what the client sends is written: the last note of the kind `framed`. */
  readonly framed: string;
  /** The last wait that ran out. */
  readonly waited: { readonly seq: number; readonly ms: number; readonly lagMs: number } | null;
}

/** Nothing happened yet. */
export const NEW_SESSION: Session = {
  offered: null,
  initializeAt: null,
  initializeKey: null,
  answer: null,
  answeredAt: null,
  initializedAt: null,
  pending: [],
  closingAt: null,
  outputEndedAt: null,
  exit: null,
  owed: [],
  malformedAt: null,
  strayResponseAt: null,
  framed: 'plain',
  waited: null,
};

/** An answer from the server that belongs to a request. */
export interface Answer {
  readonly asked: Pending;
  readonly body: JsonObject;
  /** False when the id came back with another type. */
  readonly exact: boolean;
}

/** The request that a response belongs to: by type and value, or else by its value alone. */
export function askedFor(session: Session, shape: Shape): Answer | null {
  if (shape.kind !== 'response') return null;
  const requests = session.pending.filter((pending) => pending.key !== null);
  const exact = requests.find((pending) => shape.id !== undefined && pending.key === idKey(shape.id));
  const asked = exact ?? requests.find((pending) => looksLike(pending.key ?? 'null', shape.id));
  return asked === undefined ? null : { asked, body: shape.body, exact: exact !== undefined };
}

/** The version that the server answered `initialize` with; null before, and where it names none. */
export function agreedVersion({ answer }: Session): string | null {
  const result = answer?.result;
  const version = isJsonObject(result) ? result.protocolVersion : undefined;
  return typeof version === 'string' ? version : null;
}

/** Whether the server ended its output by itself, before we did anything to end the session. */
export function hasLeft({ outputEndedAt, closingAt }: Session): boolean {
  return outputEndedAt !== null && (closingAt === null || outputEndedAt < closingAt);
}

/**
 * Whether no request of ours is on its way. One that was withheld (fenced, or waited for in vain) does not count: nothing
 * is to come of it, and what is asked later is asked of an idle session.
 */
export function isIdle({ pending, waited }: Session): boolean {
  return pending.every(
    ({ kind, fenced, seq }) => kind === 'notification' || fenced || (waited !== null && waited.seq > seq),
  );
}

/** Takes in one event. */
export function seeSession(session: Session, event: TraceEvent): Session {
  switch (event.plane) {
    case 'wire': {
      if (event.kind === 'sentRaw') return { ...session, malformedAt: session.malformedAt ?? event.seq };
      return crossings(event).reduce((state, crossing) => seeCrossing(state, crossing, event.seq), session);
    }
    case 'process':
      return seeProcess(session, event);
    case 'note':
      return seeNote(session, event);
    default:
      return session;
  }
}

/**
 * Takes in one event for an invariant that looks at messages one by one: `see` gets each message with the state in which
 * `session` has taken it in already, and the session as it was before.
 */
export function seeEach<S extends { readonly session: Session }>(
  state: S,
  event: TraceEvent,
  see: (state: S, crossing: Crossing, before: Session, seq: number) => S,
): S {
  if (event.plane !== 'wire' || event.kind === 'sentRaw')
    return { ...state, session: seeSession(state.session, event) };
  let next = state;
  for (const crossing of crossings(event)) {
    const before = next.session;
    next = see({ ...next, session: seeCrossing(before, crossing, event.seq) }, crossing, before, event.seq);
  }
  return next;
}

function seeCrossing(session: Session, { from, message }: Crossing, seq: number): Session {
  const shape = shapeOf(message);
  if (from === 'server') {
    if (shape.kind === 'request') return { ...session, owed: [...session.owed, idKey(shape.id)] };
    const answer = askedFor(session, shape);
    return answer === null ? session : settle(session, answer, seq);
  }
  const before = isWellFormed(message) ? session : { ...session, malformedAt: session.malformedAt ?? seq };
  if (shape.kind === 'response') return seeResponse(before, shape.id, seq);
  if (shape.kind === 'other') return before;
  const sent = seeSent(before, shape, seq);
  const key = shape.kind === 'request' ? idKey(shape.id) : null;
  const { kind, method } = shape;
  const idle = session.pending.every((other) => other.kind === 'notification' || other.fences >= FENCES - 1);
  const pending: Pending = { kind, key, method, seq, fences: 0, fenced: false, idle };
  return { ...sent, pending: [...sent.pending, pending] };
}

function seeResponse(session: Session, id: Json | undefined, seq: number): Session {
  const key = id === undefined ? null : idKey(id);
  if (key !== null && session.owed.includes(key)) {
    return { ...session, owed: session.owed.filter((owed) => owed !== key) };
  }
  return { ...session, strayResponseAt: session.strayResponseAt ?? seq };
}

/** Whether what was sent is a message as far as its receiver must be able to tell. */
export function isWellFormed(message: Json): boolean {
  if (!isJsonObject(message) || message.jsonrpc !== '2.0') return false;
  const { id } = message;
  const isId = id === undefined || typeof id === 'string' || Number.isInteger(id);
  return shapeOf(message).kind !== 'other' && isId;
}

function seeSent(session: Session, shape: Extract<Shape, { method: string }>, seq: number): Session {
  if (shape.method === 'notifications/initialized' && shape.kind === 'notification') {
    return { ...session, initializedAt: session.initializedAt ?? seq };
  }
  if (shape.method !== 'initialize' || shape.kind !== 'request' || session.initializeAt !== null) return session;
  const version = isJsonObject(shape.params) ? shape.params.protocolVersion : undefined;
  const offered = typeof version === 'string' ? version : null;
  return { ...session, initializeAt: seq, initializeKey: idKey(shape.id), offered };
}

function settle(session: Session, { asked, body }: Answer, seq: number): Session {
  const pending = session.pending
    .filter((other) => other !== asked)
    .map((other) => {
      if (other.seq > asked.seq) return other;
      const fences = other.fences + 1;
      return { ...other, fences, fenced: other.fenced || (asked.idle && fences >= FENCES) };
    });
  const isHandshake = asked.key === session.initializeKey && session.answer === null;
  return isHandshake ? { ...session, pending, answer: body, answeredAt: seq } : { ...session, pending };
}

function seeProcess(session: Session, event: TraceEvent & { plane: 'process' }): Session {
  switch (event.kind) {
    case 'inputEnded':
    case 'signalled':
      return { ...session, closingAt: session.closingAt ?? event.seq };
    case 'outputEnded':
      return { ...session, outputEndedAt: event.seq };
    case 'exited':
      return { ...session, exit: { seq: event.seq, code: event.code, signal: event.signal } };
    default:
      return session;
  }
}

function seeNote(session: Session, event: TraceEvent & { plane: 'note' }): Session {
  if (event.kind === 'waited') return { ...session, waited: { seq: event.seq, ms: event.ms, lagMs: event.lagMs } };
  return event.kind === 'framed' ? { ...session, framed: event.how } : session;
}
