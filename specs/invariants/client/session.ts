import { type End, isJsonObject, type Json, type JsonObject, type TraceEvent } from '@mcp-lifeline/trace';
import { cancelledKey } from '../cancel/cancelled-call.js';
import { tokenIn } from '../progress/tokens.js';
import { FENCES } from '../session.js';
import { isMessage } from '../stdout/clean.js';
import { type Crossing, crossings, idKey, looksLike, type Shape, shapeOf } from '../wire.js';

/** A request of the client's that was not answered. */
export interface OwnRequest {
  /** Its id by type and value. */
  readonly key: string;
  readonly method: string;
  readonly seq: number;
  /** Its progress token by type and value; null when it has none. */
  readonly token: string | null;
  readonly isCancelled: boolean;
}

/** A request of the server's that the client has not answered. */
export interface OwedRequest {
  readonly key: string;
  readonly method: string;
  readonly seq: number;
  readonly token: string | null;
  readonly inBatch: boolean;
  /** When the server took it back, and how late this machine had been by then. */
  readonly cancelled: { readonly seq: number; readonly t: number; readonly lagMs: number } | null;
  /** How many later requests of the server's the client answered. */
  readonly fences: number;
  /** Whether the last one needed came while nothing else was owed. */
  readonly fenced: boolean;
  /** Whether nothing else was owed when it came. */
  readonly idle: boolean;
}

/** What happened so far, as far as judging a client needs it. Nothing in it is a judgement. */
export interface ClientSession {
  /** Where the tap sits that is listened to: the one that saw the first message. */
  readonly tap: End | null;
  /** The `initialize` that counts: the first, or the one after a refused one. */
  readonly opening: {
    readonly seq: number;
    readonly key: string;
    readonly offered: string | null;
    readonly capabilities: JsonObject;
  } | null;
  /**
   * The answer to it; `result` is null for an error. One under an id of another type counts until the right one comes: a client
   * may take it, or pass it over.
   */
  readonly answer: { readonly seq: number; readonly result: JsonObject | null; readonly isExact: boolean } | null;
  /** The version in that answer. */
  readonly revision: string | null;
  readonly initializedAt: number | null;
  readonly own: readonly OwnRequest[];
  readonly owed: readonly OwedRequest[];
  /** When the server first sent what is no message: an error without an id is a fair answer to it. */
  readonly garbledAt: number | null;
  /** The first sign that the session is over, from whichever side: after that, silence is no evidence. */
  readonly overAt: number | null;
  /** How late this machine was so far, in ms. */
  readonly lagMs: number;
  /** The last wait that ran out while the session was alive. */
  readonly waited: { readonly seq: number; readonly ms: number; readonly lagMs: number } | null;
}

/** Nothing happened yet. */
export const NEW_CLIENT_SESSION: ClientSession = {
  tap: null,
  opening: null,
  answer: null,
  revision: null,
  initializedAt: null,
  own: [],
  owed: [],
  garbledAt: null,
  overAt: null,
  lagMs: 0,
  waited: null,
};

/** A message, and when it crossed. */
export interface Message extends Crossing {
  readonly shape: Shape;
  readonly seq: number;
  readonly t: number;
}

/**
 * Takes in one event, message by message: `see` gets each with the state in which `session` has taken it in already, and
 * the session as it was before.
 */
export function seeMessages<S extends { readonly session: ClientSession }>(
  state: S,
  event: TraceEvent,
  see: (state: S, message: Message, before: ClientSession) => S,
): S {
  const session = seeTap(state.session, event);
  let next: S = { ...state, session };
  if (event.plane !== 'wire' || session.tap === null) return next;
  for (const crossing of crossings(event, session.tap)) {
    const before = next.session;
    const message = { ...crossing, shape: shapeOf(crossing.message), seq: event.seq, t: event.t };
    next = see({ ...next, session: seeMessage(before, message) }, message, before);
  }
  return next;
}

/** The request that a response of the client's belongs to: by type and value, or else by its value alone. */
export function owedBy(
  { owed }: ClientSession,
  shape: Shape,
): { readonly request: OwedRequest; readonly exact: boolean } | null {
  if (shape.kind !== 'response' || shape.id === undefined) return null;
  const key = idKey(shape.id);
  const exact = owed.find((request) => request.key === key);
  const request = exact ?? owed.find((other) => looksLike(other.key, shape.id));
  return request === undefined ? null : { request, exact: exact !== undefined };
}

/** What each side declared that it can. */
export function capabilities({ opening, answer }: ClientSession): { client: JsonObject; server: JsonObject } {
  const declared = answer?.result?.capabilities;
  return { client: opening?.capabilities ?? {}, server: isJsonObject(declared) ? declared : {} };
}

/** Everything but the messages themselves. */
function seeTap(before: ClientSession, event: TraceEvent): ClientSession {
  if (event.plane === 'process') return seeProcess(before, event);
  // Where there is no process, the application's word has to do.
  if (event.plane === 'app' && event.kind === 'closed') return { ...before, overAt: before.overAt ?? event.seq };
  if (event.plane === 'note' && event.kind === 'waited' && before.overAt === null) {
    return { ...before, waited: { seq: event.seq, ms: event.ms, lagMs: event.lagMs } };
  }
  if (event.plane !== 'wire') return before;
  const session = before.tap === null ? { ...before, tap: event.at } : before;
  if (event.at !== session.tap || session.garbledAt !== null) return session;
  const isServers = session.tap === 'client' ? isUnreadable(event, 'received') : isUnreadable(event, 'sent');
  return isServers ? { ...session, garbledAt: event.seq } : session;
}

function isUnreadable(event: TraceEvent & { plane: 'wire' }, direction: 'sent' | 'received'): boolean {
  if (event.kind === 'sent' || event.kind === 'received') return event.kind === direction && !isMessage(event.message);
  return event.kind === (direction === 'sent' ? 'sentRaw' : 'garbled');
}

function seeProcess(session: ClientSession, event: TraceEvent & { plane: 'process' }): ClientSession {
  switch (event.kind) {
    case 'lag':
      return { ...session, lagMs: session.lagMs + event.ms };
    case 'inputEnded':
    case 'inputBroken':
    case 'outputEnded':
    case 'signalled':
    case 'exited':
      return { ...session, overAt: session.overAt ?? event.seq };
    default:
      return session;
  }
}

function seeMessage(session: ClientSession, message: Message): ClientSession {
  return message.from === 'client' ? seeClient(session, message) : seeServer(session, message);
}

function seeClient(session: ClientSession, { message, shape, seq }: Message): ClientSession {
  if (shape.kind === 'response') {
    const answered = owedBy(session, shape)?.request;
    return answered === undefined ? session : { ...session, owed: settle(session.owed, answered) };
  }
  if (shape.kind === 'notification') {
    if (shape.method === 'notifications/initialized') {
      return { ...session, initializedAt: session.initializedAt ?? seq };
    }
    const key = cancelledKey(message);
    if (key === null) return session;
    return { ...session, own: session.own.map((one) => (one.key === key ? { ...one, isCancelled: true } : one)) };
  }
  if (shape.kind !== 'request') return session;
  const { method, params } = shape;
  const key = idKey(shape.id);
  const own = [...session.own, { key, method, seq, token: tokenIn(params), isCancelled: false }];
  const isOpening = method === 'initialize' && (session.opening === null || session.answer?.result === null);
  if (!isOpening) return { ...session, own };
  return { ...session, own, opening: { seq, key, ...offerIn(params) }, answer: null, revision: null };
}

function offerIn(params: Json | undefined): { readonly offered: string | null; readonly capabilities: JsonObject } {
  const { protocolVersion, capabilities: declared } = isJsonObject(params) ? params : {};
  return {
    offered: typeof protocolVersion === 'string' ? protocolVersion : null,
    capabilities: isJsonObject(declared) ? declared : {},
  };
}

function seeServer(session: ClientSession, { message, shape, seq, t, inBatch }: Message): ClientSession {
  if (shape.kind === 'request') {
    const idle = session.owed.every(({ fences }) => fences >= FENCES - 1);
    const { method } = shape;
    const request = { key: idKey(shape.id), method, seq, token: tokenIn(shape.params), inBatch, idle };
    return { ...session, owed: [...session.owed, { ...request, cancelled: null, fences: 0, fenced: false }] };
  }
  if (shape.kind === 'response') {
    const asked = askedBy(session, shape.id);
    const isAnswered = session.answer?.isExact === true;
    const isOpening = asked !== undefined && asked.key === session.opening?.key && !isAnswered;
    const isExact = shape.id !== undefined && asked?.key === idKey(shape.id);
    const own = session.own.filter((one) => one !== asked || (isOpening && !isExact));
    if (!isOpening || (session.answer !== null && !isExact)) return { ...session, own };
    const result = isJsonObject(shape.body.result) ? shape.body.result : null;
    const version = result?.protocolVersion;
    return {
      ...session,
      own,
      answer: { seq, result, isExact },
      revision: typeof version === 'string' ? version : null,
    };
  }
  const key = cancelledKey(message);
  if (key === null) return session;
  const cancelled = { seq, t, lagMs: session.lagMs };
  const owed = session.owed.map((one) => (one.key === key && one.cancelled === null ? { ...one, cancelled } : one));
  return { ...session, owed };
}

/** The request of the client's that an id belongs to: by type and value, or else by its value alone. */
function askedBy({ own }: ClientSession, id: Json | undefined): OwnRequest | undefined {
  if (id === undefined) return undefined;
  return own.find(({ key }) => key === idKey(id)) ?? own.find(({ key }) => looksLike(key, id));
}

function settle(owed: readonly OwedRequest[], answered: OwedRequest): readonly OwedRequest[] {
  return owed
    .filter((other) => other !== answered)
    .map((other) => {
      if (other.seq > answered.seq) return other;
      const fences = other.fences + 1;
      return { ...other, fences, fenced: other.fenced || (answered.idle && fences >= FENCES) };
    });
}
