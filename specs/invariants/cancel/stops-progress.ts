import { always, citing } from '../by-revision.js';
import type { Finding, Invariant } from '../invariant.js';
import { type CallsState, NO_CALLS, seeCalls } from './cancelled-call.js';
import { tellsOfCancel, wantOfSilence, wasCrossed } from './withheld.js';

/**
 * Once a call was cancelled for good, its full answer withheld, no progress is told of it.
 *
 * That its work should have stopped is in the text (SHOULD). That progress must not name it any more would follow only
 * from calling a cancelled request no longer active, which the text does not say: so this is no MUST.
 */
export const cancelStopsProgress: Invariant<CallsState> = {
  id: 'cancel.stops-progress',
  title: 'a cancelled call that was given up sends no more progress',
  level: always('SHOULD'),
  clauses: citing('cancellation/stop-processing'),
  needs: ['handshake', 'alive', 'slowTool', 'progress', 'fences', 'steadyMachine', 'wholeRun'],
  initial: NO_CALLS,
  see: seeCalls,
  verdict: (state, end): Finding => {
    const call = state.calls.find(({ cancelled }) => cancelled !== null);
    if (call === undefined || call.cancelled === null) {
      if (end !== 'quiet') return { found: 'nothing', lacking: 'wholeRun', why: `the run ended (${end}) too early` };
      const lacking = state.session.answeredAt === null ? 'handshake' : 'slowTool';
      return { found: 'nothing', lacking, why: 'no call was cancelled while it ran' };
    }
    const { answer, lateProgressAt } = call;
    const expected = 'no progress after the cancellation';
    const evidence = [call.seq, call.cancelled.seq, lateProgressAt, answer?.seq ?? null].filter((seq) => seq !== null);
    const isStopped = answer === null || tellsOfCancel(answer.body);
    const want = isStopped ? wantOfSilence(state, call, end) : wasCrossed(call);
    if (want !== null) return want;
    if (lateProgressAt === null) {
      if (call.progresses > 0) return { found: 'held', expected, observed: 'none', evidence };
      return { found: 'nothing', lacking: 'progress', why: 'no progress was told of the call' };
    }
    if (isStopped) {
      const instead = answer === null ? 'the answer was withheld' : 'the answer told of the cancellation';
      return { found: 'broken', expected, observed: `progress went on, and ${instead}`, evidence };
    }
    const observed = 'progress went on, and so did the call until its answer';
    return { found: 'open', ambiguity: 'progress-after-cancel', expected, observed, evidence };
  },
};
