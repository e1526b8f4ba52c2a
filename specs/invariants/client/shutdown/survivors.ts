import type { TraceEvent } from '@mcp-lifeline/trace';
import { always, CITING_NOTHING } from '../../by-revision.js';
import type { Finding, Invariant } from '../../invariant.js';

interface State {
  /** When the client first did something to end the session, or the server left. */
  readonly closingAt: number | null;
  /** It outlived SIGKILL, which is nobody's fault here. */
  readonly isAbandoned: boolean;
  readonly survey: { readonly seq: number; readonly inGroup: readonly string[]; readonly others: number } | null;
}

/**
 * With the session ends everything in the process group of its server, however the server left. What left the group is
 * beyond its reach, and is told by `shutdown.survivors`, which judges the server.
 */
export const noSurvivors: Invariant<State> = {
  id: 'client.shutdown.no-survivors',
  title: 'the client leaves nothing of the process group of the server behind',
  level: always('ROBUST'),
  clauses: CITING_NOTHING,
  needs: ['closing', 'processTable', 'wholeRun'],
  initial: { closingAt: null, isAbandoned: false, survey: null },
  see,
  verdict: ({ closingAt, isAbandoned, survey }, end): Finding => {
    const expected = 'nothing left of the process group';
    if (closingAt === null) return { found: 'nothing', lacking: 'closing', why: 'no session was closed' };
    if (survey === null) {
      const lacking = end === 'quiet' ? 'processTable' : 'wholeRun';
      return { found: 'nothing', lacking, why: 'nobody looked for processes' };
    }
    const evidence = [closingAt, survey.seq];
    if (survey.inGroup.length === 0) {
      const observed = survey.others === 0 ? 'nothing' : `nothing, though ${survey.others} outside of the group`;
      return { found: 'held', expected, observed, evidence };
    }
    if (isAbandoned) return { found: 'nothing', lacking: 'processTable', why: 'what is left outlived SIGKILL' };
    return { found: 'broken', expected, observed: `left behind: ${survey.inGroup.join(', ')}`, evidence };
  },
};

function see(state: State, event: TraceEvent): State {
  if (event.plane !== 'process' || event.at !== 'client') return state;
  switch (event.kind) {
    case 'inputEnded':
    case 'signalled':
    case 'exited':
      return { ...state, closingAt: state.closingAt ?? event.seq };
    case 'abandoned':
      return { ...state, isAbandoned: true };
    case 'survey': {
      const inGroup = event.survivors.filter((one) => one.inGroup).map(({ name, pid }) => `${name} (${pid})`);
      return { ...state, survey: { seq: event.seq, inGroup, others: event.survivors.length - inGroup.length } };
    }
    default:
      return state;
  }
}
