import { isJsonObject, type Json, type TraceEvent } from '@mcp-lifeline/trace';
import type { AmbiguityId } from '../../clauses/ambiguities.generated.js';
import { always, citing } from '../by-revision.js';
import type { Finding, Invariant } from '../invariant.js';
import { crossings, shapeOf } from '../wire.js';
import { clip } from './clip.js';

interface State {
  /** What `initialize` offered: from 2025-03-26 on a clause of its own tells of bytes that are no UTF-8. */
  readonly offered: string | null;
  readonly messages: number;
  readonly dirty: { readonly seq: number; readonly observed: string } | null;
  readonly notUtf8: State['dirty'];
  /** What the text leaves open: an empty line, a tail without a newline. */
  readonly odd: { readonly seq: number; readonly ambiguity: AmbiguityId; readonly observed: string } | null;
  readonly endedAt: number | null;
  /** It got SIGKILL, which may cut a line in two. */
  readonly isKilled: boolean;
}

/** From spawn to exit, the server's standard output holds MCP messages and nothing else. */
export const stdoutClean: Invariant<State> = {
  id: 'stdout.clean',
  title: 'stdout holds nothing but MCP messages, from spawn to exit',
  level: always('MUST'),
  clauses: citing('transports/stdout-messages-only'),
  needs: ['wholeRun'],
  initial: { offered: null, messages: 0, dirty: null, notUtf8: null, odd: null, endedAt: null, isKilled: false },
  see,
  verdict: (state, end): Finding => {
    const expected = 'MCP messages only';
    const dirty = state.dirty ?? (state.offered === '2024-11-05' ? state.notUtf8 : null);
    if (dirty !== null) return { found: 'broken', expected, observed: dirty.observed, evidence: [dirty.seq] };
    if (state.odd !== null) return { found: 'open', expected, ...state.odd, evidence: [state.odd.seq] };
    if (state.endedAt === null || end === 'cut') {
      return { found: 'nothing', lacking: 'wholeRun', why: 'its output was not read to the end' };
    }
    return { found: 'held', expected, observed: `${state.messages} messages`, evidence: [state.endedAt] };
  },
};

function see(state: State, event: TraceEvent): State {
  if (event.plane === 'process' && event.kind === 'outputEnded') return { ...state, endedAt: event.seq };
  if (event.plane === 'process' && event.kind === 'signalled' && event.signal === 'SIGKILL') {
    return { ...state, isKilled: true };
  }
  if (event.plane !== 'wire' || event.at !== 'client') return state;
  if (event.kind === 'sent') return state.offered === null ? { ...state, offered: offeredIn(event) } : state;
  if (event.kind === 'received') {
    if (isMessage(event.message)) return { ...state, messages: state.messages + 1 };
    return dirty(state, event.seq, `JSON that is no message: ${clip(JSON.stringify(event.message))}`);
  }
  if (event.kind !== 'garbled') return state;
  const observed = `${event.bytes} bytes that are ${REASONS[event.why]}: ${clip(JSON.stringify(event.text))}`;
  if (event.why === 'blank') return odd(state, event.seq, 'blank-line-on-stdout', 'an empty line');
  if (event.why === 'cutOff') return state.isKilled ? state : odd(state, event.seq, 'unterminated-tail', observed);
  if (event.why === 'notUtf8') return { ...state, notUtf8: state.notUtf8 ?? { seq: event.seq, observed } };
  return dirty(state, event.seq, observed);
}

/** The version that an `initialize` offers. */
function offeredIn(event: TraceEvent): string | null {
  for (const { message } of crossings(event)) {
    const shape = shapeOf(message);
    if (shape.kind !== 'request' || shape.method !== 'initialize' || !isJsonObject(shape.params)) continue;
    const { protocolVersion } = shape.params;
    if (typeof protocolVersion === 'string') return protocolVersion;
  }
  return null;
}

const REASONS = {
  blank: 'white space',
  notJson: 'no JSON',
  notUtf8: 'no UTF-8',
  tooLong: 'too long for a line',
  cutOff: 'a line without its newline',
} as const;

/** Whether something means to be a message. Whether its envelope is right is another invariant's business. */
export function isMessage(value: Json): boolean {
  if (Array.isArray(value)) return value.length > 0 && value.every(isMessage);
  return isJsonObject(value) && ('jsonrpc' in value || 'method' in value || 'result' in value || 'error' in value);
}

function dirty(state: State, seq: number, observed: string): State {
  return state.dirty === null ? { ...state, dirty: { seq, observed } } : state;
}

function odd(state: State, seq: number, ambiguity: AmbiguityId, observed: string): State {
  return state.odd === null ? { ...state, odd: { seq, ambiguity, observed } } : state;
}
