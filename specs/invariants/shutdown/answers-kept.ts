import type { TraceEvent } from '@mcp-lifeline/trace';
import { always, CITING_NOTHING } from '../by-revision.js';
import type { Finding, Invariant } from '../invariant.js';
import { isIdle, NEW_SESSION, type Session, seeSession } from '../session.js';

interface State {
  readonly session: Session;
  /** The `seq` of the requests that were on their way when the input ended. */
  readonly owed: readonly number[];
  readonly endedAt: number | null;
  /** A bound was reached: what ended the process then is ourselves. */
  readonly isLimited: boolean;
}

/** What a server owes when its input ends: the text leaves open whether it still answers. */
export const answersKept: Invariant<State> = {
  id: 'shutdown.answers-kept',
  title: 'how many requests are answered that came right before the end of stdin',
  level: always('NOTE'),
  clauses: CITING_NOTHING,
  needs: ['handshake', 'alive', 'wholeRun'],
  initial: { session: NEW_SESSION, owed: [], endedAt: null, isLimited: false },
  see,
  verdict: ({ session, owed, endedAt, isLimited }, end): Finding => {
    if (endedAt === null) {
      const lacking = session.initializedAt === null ? 'handshake' : 'alive';
      return { found: 'nothing', lacking, why: 'no input ended while requests were on their way' };
    }
    if (end === 'cut' || isLimited) {
      return { found: 'nothing', lacking: 'wholeRun', why: `the run ended early (${end})` };
    }
    const lost = owed.filter((seq) => session.pending.some((pending) => pending.seq === seq));
    const observed = `${owed.length - lost.length} of ${owed.length} requests answered`;
    const expected = 'nothing in particular: the text is open';
    return { found: 'open', ambiguity: 'answers-at-eof', expected, observed, evidence: [...lost, endedAt] };
  },
};

function see(before: State, event: TraceEvent): State {
  const { session } = before;
  const state = { ...before, session: seeSession(session, event) };
  if (event.plane === 'note' && event.kind === 'absent' && event.need === 'wholeRun') {
    return { ...state, isLimited: true };
  }
  const isEnd = event.plane === 'process' && event.kind === 'inputEnded' && state.endedAt === null;
  const isFit = session.initializedAt !== null && session.exit === null && !isIdle(session);
  if (!isEnd || !isFit) return state;
  // What was withheld before is not lost by the end.
  const since = session.waited?.seq ?? -1;
  const underWay = session.pending.filter(({ kind, fenced, seq }) => kind === 'request' && !fenced && seq > since);
  const owed = underWay.map(({ seq }) => seq);
  return { ...state, owed, endedAt: event.seq };
}
