import { isJsonObject, type Json, type JsonObject, type TraceEvent } from '@mcp-lifeline/trace';
import { progressOf, tokenIn } from '../progress/tokens.js';
import { askedFor, NEW_SESSION, type Pending, type Session, seeEach } from '../session.js';
import { type Crossing, idKey, shapeOf } from '../wire.js';

/** An answer, or a notification of progress, that comes this soon after a cancellation may have crossed it. In ms. */
const RACE_MS = 250;

/** A call of a tool, and what became of it once we cancelled it. */
export interface Call {
  readonly key: string;
  readonly seq: number;
  readonly t: number;
  /** Its progress token by type and value; null when it has none. */
  readonly token: string | null;
  /** Notifications of progress before the cancellation, and those that may have crossed it. */
  readonly progresses: number;
  readonly cancelled: { readonly seq: number; readonly t: number; readonly lagMs: number } | null;
  /** The last progress that cannot have crossed the cancellation. */
  readonly lateProgressAt: number | null;
  /** How long we held still after the cancellation, in ms. */
  readonly heldMs: number;
  readonly answer: CallAnswer | null;
}

/** What came after all. */
export interface CallAnswer {
  readonly seq: number;
  readonly body: JsonObject;
  /** Why it may have crossed the cancellation; null when it cannot have. */
  readonly crossed: 'soon' | 'lag' | null;
}

/** What it remembers: the calls that are open or were cancelled. */
export interface CallsState {
  readonly session: Session;
  readonly calls: readonly Call[];
  readonly lagMs: number;
}

/** No call was sent yet. */
export const NO_CALLS: CallsState = { session: NEW_SESSION, calls: [], lagMs: 0 };

/** Takes in one event. */
export function seeCalls(state: CallsState, event: TraceEvent): CallsState {
  if (event.plane === 'process' && event.kind === 'lag') return { ...state, lagMs: state.lagMs + event.ms };
  if (event.plane === 'note' && event.kind === 'held') {
    const hold = (call: Call): Call => (call.cancelled === null ? call : { ...call, heldMs: call.heldMs + event.ms });
    return { ...state, calls: state.calls.map(hold) };
  }
  const { t } = event;
  return seeEach(state, event, (...[next, crossing, before, seq]) => seeOne(next, crossing, before, { seq, t }));
}

interface At {
  readonly seq: number;
  readonly t: number;
}

function seeOne(state: CallsState, { from, message }: Crossing, before: Session, at: At): CallsState {
  const shape = shapeOf(message);
  if (from === 'client') {
    if (shape.kind === 'request' && shape.method === 'tools/call') {
      const key = idKey(shape.id);
      const call: Call = { ...NEW_CALL, ...at, key, token: tokenIn(shape.params) };
      return { ...state, calls: [...state.calls, call] };
    }
    const key = cancelledKey(message);
    if (key === null) return state;
    const cancelled = { ...at, lagMs: state.lagMs };
    return change(state, (call) => call.key === key && call.cancelled === null, { cancelled });
  }
  if (shape.kind === 'response') {
    const answer = askedFor(before, shape);
    return answer === null ? state : seeAnswer(state, answer.asked, shape.body, at);
  }
  const progress = progressOf(shape);
  const call =
    progress === null ? undefined : state.calls.find(({ token }) => token !== null && token === progress.token);
  if (call === undefined) return state;
  const isLate = call.cancelled !== null && crossedAt(state, call.cancelled, at.t) === null;
  const now = isLate ? { lateProgressAt: at.seq } : { progresses: call.progresses + 1 };
  return change(state, (one) => one === call, now);
}

function seeAnswer(state: CallsState, asked: Pending, body: JsonObject, at: At): CallsState {
  // The members of a batch were sent at one time.
  const call = state.calls.find(({ seq, key }) => seq === asked.seq && key === asked.key);
  if (call === undefined) return state;
  if (call.cancelled === null) return { ...state, calls: state.calls.filter((one) => one !== call) };
  const answer = { seq: at.seq, body, crossed: crossedAt(state, call.cancelled, at.t) };
  return change(state, (one) => one === call, { answer });
}

/** Whether what comes at `t` may have been sent before the cancellation was read, and why. */
function crossedAt(
  state: CallsState,
  cancelled: { readonly t: number; readonly lagMs: number },
  t: number,
): CallAnswer['crossed'] {
  const ms = t - cancelled.t;
  if (ms <= RACE_MS) return 'soon';
  return ms <= RACE_MS + state.lagMs - cancelled.lagMs ? 'lag' : null;
}

function change(state: CallsState, which: (call: Call) => boolean, now: Partial<Call>): CallsState {
  return { ...state, calls: state.calls.map((call) => (which(call) ? { ...call, ...now } : call)) };
}

/** The request that a cancellation names, by type and value; null for what is none, or names nothing. */
export function cancelledKey(message: Json): string | null {
  const shape = shapeOf(message);
  if (shape.kind !== 'notification' || shape.method !== 'notifications/cancelled') return null;
  const id = isJsonObject(shape.params) ? shape.params.requestId : undefined;
  return id === undefined || id === null ? null : idKey(id);
}

const NEW_CALL: Omit<Call, 'key' | 'seq' | 't' | 'token'> = {
  progresses: 0,
  cancelled: null,
  lateProgressAt: null,
  heldMs: 0,
  answer: null,
};
