import { type End, isJsonObject, type Json, type JsonObject } from '@mcp-lifeline/trace';
import { idText } from '../json-text.js';
import { UsageError } from '../usage-error.js';
import type { LoggedTime } from './logged-time.js';

/** A message in a log, and who sent it. */
export interface LoggedMessage {
  readonly is: 'message';
  /** The line it stands in, counted from 1. */
  readonly line: number;
  readonly from: End;
  readonly message: Json;
  readonly time: LoggedTime | null;
  readonly isElided: boolean;
}

/** A line whose message cannot be read. */
export interface Hole {
  readonly is: 'hole';
  readonly line: number;
  readonly why: string;
}

/** What a log holds, in its order. */
export type LogItem = LoggedMessage | Hole;

/**
 * The items of one session. A new one begins with the `initialize` that follows an agreed handshake, or what stood
 * before the first one.
 * @param which counted from 1, the last one, or all as if they were one; null where there must be one alone
 * @throws UsageError when several could be meant
 */
export function sessionOf(items: readonly LogItem[], which: number | 'last' | 'all' | null): readonly LogItem[] {
  if (which === 'all') return items;
  const sessions = splitSessions(items);
  const begin = sessions.map(([first]) => first?.line ?? 0).join(', ');
  if (which === null && sessions.length > 1) {
    const told = `it holds ${sessions.length} sessions, which begin at the lines ${begin}`;
    throw new UsageError(`import: ${told}; --session takes a number, last, or all`);
  }
  const session = sessions.at(which === 'last' ? -1 : (which ?? 1) - 1);
  if (session === undefined) {
    throw new UsageError(`--session ${which}: the log holds ${sessions.length}, which begin at the lines ${begin}`);
  }
  expectOneHandshake(session);
  return session;
}

function splitSessions(items: readonly LogItem[]): readonly (readonly LogItem[])[] {
  const sessions: LogItem[][] = [];
  let current: LogItem[] = [];
  let state = NOTHING;
  for (const item of items) {
    const isOpening = item.is === 'message' && item.from === 'client' && isInitialize(item.message);
    if (isOpening && (state.isAgreed || state.isUnderWay)) {
      sessions.push(current);
      current = [];
      state = NOTHING;
    }
    if (item.is === 'message') state = after(state, item);
    current.push(item);
  }
  if (current.length > 0) sessions.push(current);
  return sessions;
}

interface State {
  /** The ids of its `initialize` requests. */
  readonly asked: readonly string[];
  readonly isAgreed: boolean;
  /** The ids of what the client may ask before. */
  readonly early: readonly string[];
  /** Something was said before any `initialize` that a session cannot begin with: it began before the log did. */
  readonly isUnderWay: boolean;
}

const NOTHING: State = { asked: [], isAgreed: false, early: [], isUnderWay: false };

function after(state: State, { from, message }: LoggedMessage): State {
  if (!isJsonObject(message)) return state;
  const { id, method, result } = message;
  if (from === 'client' && isInitialize(message)) {
    return { ...state, isUnderWay: false, asked: [...state.asked, idText(id)] };
  }
  if (state.asked.length === 0) return beforeAny(state, from, message);
  const isAnswer = from === 'server' && method === undefined && state.asked.includes(idText(id));
  return isAnswer && result !== undefined ? { ...state, isAgreed: true } : state;
}

/** A session may begin with a ping, a probe for a later era, what answers them, and what a server says unasked. */
function beforeAny(state: State, from: End, { id, method }: JsonObject): State {
  if (from === 'server') {
    const isExpected = method !== undefined || state.early.includes(idText(id));
    return isExpected ? state : { ...state, isUnderWay: true };
  }
  if (method === 'ping' || method === 'server/discover') return { ...state, early: [...state.early, idText(id)] };
  return method === 'notifications/cancelled' ? state : { ...state, isUnderWay: true };
}

function isInitialize(message: Json): boolean {
  return isJsonObject(message) && message.method === 'initialize' && message.id !== undefined;
}

/** Two requests with one id before an answer to either: two sessions in one, or each message logged twice. */
function expectOneHandshake(session: readonly LogItem[]): void {
  const asked = new Map<string, number>();
  for (const item of session) {
    if (item.is !== 'message' || !isJsonObject(item.message)) continue;
    const { message, from, line } = item;
    if (from === 'server' && message.method === undefined) asked.clear();
    if (from !== 'client' || !isInitialize(message)) continue;
    const key = JSON.stringify(message.id);
    const first = asked.get(key);
    if (first !== undefined) {
      const told = `the lines ${first} and ${line} hold the same initialize: it has each message twice, or two sessions mixed`;
      throw new UsageError(`import: ${told}; --pattern can pick the lines of one, --session all takes it as it is`);
    }
    asked.set(key, line);
  }
}
