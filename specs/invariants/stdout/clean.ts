import { isJsonObject, type Json, type TraceEvent } from '@mcp-lifeline/trace';
import type { AmbiguityId } from '../../clauses/ambiguities.generated.js';
import { always, citing } from '../by-revision.js';
import type { Finding, Invariant } from '../invariant.js';

interface State {
  readonly messages: number;
  readonly dirty: { readonly seq: number; readonly observed: string } | null;
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
  initial: { messages: 0, dirty: null, odd: null, endedAt: null, isKilled: false },
  see,
  verdict: (state, end): Finding => {
    const expected = 'MCP messages only';
    if (state.dirty !== null) {
      return { found: 'broken', expected, observed: state.dirty.observed, evidence: [state.dirty.seq] };
    }
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
  if (event.kind === 'received') {
    if (isMessage(event.message)) return { ...state, messages: state.messages + 1 };
    return dirty(state, event.seq, `JSON that is no message: ${clip(JSON.stringify(event.message))}`);
  }
  if (event.kind !== 'garbled') return state;
  const observed = `${event.bytes} bytes that are ${REASONS[event.why]}: ${clip(JSON.stringify(event.text))}`;
  if (event.why === 'blank') return odd(state, event.seq, 'blank-line-on-stdout', 'an empty line');
  if (event.why === 'cutOff') return state.isKilled ? state : odd(state, event.seq, 'unterminated-tail', observed);
  return dirty(state, event.seq, observed);
}

const REASONS = {
  blank: 'white space',
  notJson: 'no JSON',
  notUtf8: 'no UTF-8',
  tooLong: 'too long for a line',
  cutOff: 'a line without its newline',
} as const;

/** Something that means to be a message. Whether its envelope is right is another invariant's business. */
function isMessage(value: Json): boolean {
  if (Array.isArray(value)) return value.length > 0 && value.every(isMessage);
  return isJsonObject(value) && ('jsonrpc' in value || 'method' in value || 'result' in value || 'error' in value);
}

function dirty(state: State, seq: number, observed: string): State {
  return state.dirty === null ? { ...state, dirty: { seq, observed } } : state;
}

function odd(state: State, seq: number, ambiguity: AmbiguityId, observed: string): State {
  return state.odd === null ? { ...state, odd: { seq, ambiguity, observed } } : state;
}

function clip(text: string): string {
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
