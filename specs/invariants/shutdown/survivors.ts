import type { TraceEvent } from '@mcp-lifeline/trace';
import { always, CITING_NOTHING } from '../by-revision.js';
import type { Finding, Invariant } from '../invariant.js';

interface State {
  readonly endedAt: number | null;
  /** We signalled it while it was still there: what its descendants would have done without that, nobody knows. */
  readonly isDriven: boolean;
  readonly exitedAt: number | null;
  /** What was found of it, and where. */
  readonly found: { readonly seq: number; readonly observed: string } | null;
  readonly surveyedAt: number | null;
}

/** A server that leaves at the end of its input takes along what it started, in its process group and out of it. */
export const survivors: Invariant<State> = {
  id: 'shutdown.survivors',
  title: 'a server that leaves leaves no process behind',
  level: always('ROBUST'),
  clauses: CITING_NOTHING,
  needs: ['ownExit', 'processTable', 'wholeRun'],
  initial: { endedAt: null, isDriven: false, exitedAt: null, found: null, surveyedAt: null },
  see,
  verdict: ({ exitedAt, found, surveyedAt }, end): Finding => {
    const expected = 'no process left';
    if (exitedAt === null) {
      return { found: 'nothing', lacking: 'ownExit', why: 'it did not leave at the end of its input' };
    }
    if (found !== null) {
      return { found: 'broken', expected, observed: found.observed, evidence: [exitedAt, found.seq] };
    }
    if (end !== 'quiet') return { found: 'nothing', lacking: 'wholeRun', why: `the run ended early (${end})` };
    if (surveyedAt === null) {
      return { found: 'nothing', lacking: 'processTable', why: 'nobody looked for processes' };
    }
    return { found: 'held', expected, observed: 'none left', evidence: [exitedAt, surveyedAt] };
  },
};

function see(state: State, event: TraceEvent): State {
  if (event.plane !== 'process') return state;
  switch (event.kind) {
    case 'inputEnded':
      return { ...state, endedAt: state.endedAt ?? event.seq };
    case 'exited':
      return state.endedAt === null || state.isDriven ? state : { ...state, exitedAt: event.seq };
    case 'signalled':
      if (state.exitedAt === null) return { ...state, isDriven: true };
      return leftBehind(state, event.seq, `something of its process group had to be ended by ${event.signal}`);
    case 'survey': {
      if (event.survivors.length === 0) return { ...state, surveyedAt: event.seq };
      const names = event.survivors.map(({ name, pid }) => `${name} (${pid})`).join(', ');
      return leftBehind({ ...state, surveyedAt: event.seq }, event.seq, `left behind: ${names}`);
    }
    default:
      return state;
  }
}

function leftBehind(state: State, seq: number, observed: string): State {
  return { ...state, found: state.found ?? { seq, observed } };
}
