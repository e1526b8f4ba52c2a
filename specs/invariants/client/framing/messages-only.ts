import type { TraceEvent } from '@mcp-lifeline/trace';
import { always, citing } from '../../by-revision.js';
import type { Finding, Invariant } from '../../invariant.js';
import { isMessage } from '../../stdout/clean.js';
import { clip } from '../../stdout/clip.js';
import { hasNewlineInside, type Line, lineOf } from './line.js';

interface State {
  readonly messages: number;
  readonly firstAt: number | null;
  readonly wrong: { readonly seq: number; readonly observed: string } | null;
  /** The input ended in the middle of a line. */
  readonly tail: { readonly seq: number; readonly observed: string } | null;
}

/** What a client writes to the standard input of a server is messages and nothing else. */
export const messagesOnly: Invariant<State> = {
  id: 'client.framing.messages-only',
  title: 'the client writes nothing but MCP messages to the stdin of the server',
  level: always('MUST'),
  clauses: citing('transports/stdin-messages-only'),
  needs: ['clientRequest', 'wholeRun'],
  initial: { messages: 0, firstAt: null, wrong: null, tail: null },
  see: (state, event: TraceEvent) => {
    const line = lineOf(event);
    return line === null ? state : seeLine(state, line, event.seq);
  },
  verdict: ({ messages, firstAt, wrong, tail }, end): Finding => {
    const expected = 'MCP messages only';
    if (wrong !== null) return { found: 'broken', expected, observed: wrong.observed, evidence: [wrong.seq] };
    if (tail !== null) {
      const { seq, observed } = tail;
      return { found: 'open', ambiguity: 'unterminated-tail', expected, observed, evidence: [seq] };
    }
    if (firstAt !== null) return { found: 'held', expected, observed: `${messages} messages`, evidence: [firstAt] };
    if (end !== 'quiet') return { found: 'nothing', lacking: 'wholeRun', why: `the run ended (${end}) too early` };
    return { found: 'nothing', lacking: 'clientRequest', why: 'the client wrote nothing' };
  },
};

function seeLine(state: State, line: Line, seq: number): State {
  if (line.is === 'json') {
    if (!isMessage(line.message)) {
      const observed = `JSON that is no message: ${clip(JSON.stringify(line.message))}`;
      return { ...state, wrong: state.wrong ?? { seq, observed } };
    }
    return { ...state, messages: state.messages + 1, firstAt: state.firstAt ?? seq };
  }
  // An empty line separates messages once more than needed, and holds nothing.
  if (line.is === 'blank' || hasNewlineInside(line)) return state;
  const observed = `no JSON: ${clip(JSON.stringify(line.text))}`;
  if (line.is === 'cutOff') return { ...state, tail: state.tail ?? { seq, observed } };
  return { ...state, wrong: state.wrong ?? { seq, observed } };
}
