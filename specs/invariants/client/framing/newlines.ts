import { always, citing } from '../../by-revision.js';
import type { Finding, Invariant } from '../../invariant.js';
import { clip } from '../../stdout/clip.js';
import { hasNewlineInside, lineOf } from './line.js';

interface State {
  readonly firstAt: number | null;
  readonly wrong: { readonly seq: number; readonly observed: string } | null;
}

/**
 * No message of the client's has a newline inside.
 *
 * A tap at the server sees the pieces of such a message and not the whole: there `client.framing.messages-only` tells.
 */
export const newlines: Invariant<State> = {
  id: 'client.framing.newlines',
  title: 'no message of the client has a newline inside',
  level: always('MUST'),
  clauses: citing('transports/stdio-newlines'),
  needs: ['clientRequest', 'wholeRun'],
  initial: { firstAt: null, wrong: null },
  see: (state, event) => {
    const line = lineOf(event);
    if (line === null) return state;
    if (line.is === 'json') return { ...state, firstAt: state.firstAt ?? event.seq };
    if (state.wrong !== null || !hasNewlineInside(line)) return state;
    return { ...state, wrong: { seq: event.seq, observed: clip(JSON.stringify(line.text)) } };
  },
  verdict: ({ firstAt, wrong }, end): Finding => {
    const expected = 'one line a message';
    if (wrong !== null) return { found: 'broken', expected, observed: wrong.observed, evidence: [wrong.seq] };
    if (firstAt !== null) return { found: 'held', expected, observed: expected, evidence: [firstAt] };
    if (end !== 'quiet') return { found: 'nothing', lacking: 'wholeRun', why: `the run ended (${end}) too early` };
    return { found: 'nothing', lacking: 'clientRequest', why: 'the client wrote nothing' };
  },
};
