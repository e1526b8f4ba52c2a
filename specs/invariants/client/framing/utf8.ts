import { citing } from '../../by-revision.js';
import type { Finding, Invariant } from '../../invariant.js';
import { clip } from '../../stdout/clip.js';
import { lineOf } from './line.js';

interface State {
  /** The first message with a character beyond ASCII that was read at the server. */
  readonly unicodeAt: number | null;
  readonly wrong: { readonly seq: number; readonly observed: string } | null;
}

const BEYOND_ASCII = /[^\p{ASCII}]/u;

/** What a client writes is UTF-8. Only a tap at the server sees the bytes; 2024-11-05 names no encoding. */
export const clientUtf8: Invariant<State> = {
  id: 'client.framing.utf8',
  title: 'the client writes UTF-8 throughout',
  level: (revision) => (revision === '2024-11-05' ? null : 'MUST'),
  clauses: citing('transports/utf-8'),
  needs: ['serverTap', 'unicode', 'wholeRun'],
  initial: { unicodeAt: null, wrong: null },
  see: (state, event) => {
    const line = event.at === 'server' ? lineOf(event) : null;
    if (line === null) return state;
    if (line.is === 'notUtf8' && state.wrong === null) {
      return { ...state, wrong: { seq: event.seq, observed: clip(JSON.stringify(line.text)) } };
    }
    const isNews = line.is === 'json' && state.unicodeAt === null && BEYOND_ASCII.test(JSON.stringify(line.message));
    return isNews ? { ...state, unicodeAt: event.seq } : state;
  },
  verdict: ({ unicodeAt, wrong }, end): Finding => {
    const expected = 'lines in UTF-8';
    if (wrong !== null) return { found: 'broken', expected, observed: wrong.observed, evidence: [wrong.seq] };
    if (unicodeAt !== null) {
      return { found: 'held', expected, observed: 'characters beyond ASCII, all readable', evidence: [unicodeAt] };
    }
    if (end !== 'quiet') return { found: 'nothing', lacking: 'wholeRun', why: `the run ended (${end}) too early` };
    return { found: 'nothing', lacking: 'serverTap', why: 'nothing beyond ASCII was read at a tap of the server' };
  },
};
