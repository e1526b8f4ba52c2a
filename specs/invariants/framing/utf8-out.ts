import type { TraceEvent } from '@mcp-lifeline/trace';
import { citing } from '../by-revision.js';
import type { Finding, Invariant } from '../invariant.js';
import { clip } from '../stdout/clip.js';

interface State {
  /** The first message with a character beyond ASCII. */
  readonly unicodeAt: number | null;
  readonly broken: { readonly seq: number; readonly observed: string } | null;
}

/** What the server writes is UTF-8. In 2024-11-05, which names no encoding, `stdout.clean` tells of such a line. */
export const utf8Out: Invariant<State> = {
  id: 'framing.utf8-out',
  title: 'stdout is UTF-8 throughout',
  level: (revision) => (revision === '2024-11-05' ? null : 'MUST'),
  clauses: citing('transports/utf-8'),
  needs: ['unicode', 'wholeRun'],
  initial: { unicodeAt: null, broken: null },
  see,
  verdict: ({ broken, unicodeAt }): Finding => {
    const expected = 'lines in UTF-8';
    if (broken !== null) return { found: 'broken', expected, observed: broken.observed, evidence: [broken.seq] };
    if (unicodeAt === null) return { found: 'nothing', lacking: 'unicode', why: 'nothing beyond ASCII was written' };
    return { found: 'held', expected, observed: 'characters beyond ASCII, all readable', evidence: [unicodeAt] };
  },
};

const BEYOND_ASCII = /[^\p{ASCII}]/u;

function see(state: State, event: TraceEvent): State {
  if (event.plane !== 'wire' || event.at !== 'client') return state;
  if (event.kind === 'garbled' && event.why === 'notUtf8' && state.broken === null) {
    const observed = `${event.bytes} bytes that are no UTF-8: ${clip(JSON.stringify(event.text))}`;
    return { ...state, broken: { seq: event.seq, observed } };
  }
  const isNews = event.kind === 'received' && state.unicodeAt === null;
  return isNews && BEYOND_ASCII.test(JSON.stringify(event.message)) ? { ...state, unicodeAt: event.seq } : state;
}
