import { answerText } from '../answering.js';
import { always, citing } from '../by-revision.js';
import type { Finding, Invariant } from '../invariant.js';
import { type Call, type CallsState, NO_CALLS, seeCalls } from './cancelled-call.js';
import { tellsOfCancel, wantOfSilence, wasCrossed } from './withheld.js';

const EXPECTED = 'no answer';

/** A call that is cancelled while it runs gets no answer. */
export const cancelStopsResponse: Invariant<CallsState> = {
  id: 'cancel.stops-response',
  title: 'a cancelled call is not answered',
  level: always('SHOULD'),
  clauses: citing('cancellation/no-response'),
  needs: ['handshake', 'alive', 'slowTool', 'fences', 'steadyMachine', 'wholeRun'],
  initial: NO_CALLS,
  see: seeCalls,
  verdict: (state, end): Finding => {
    const call = state.calls.find(({ cancelled }) => cancelled !== null);
    if (call === undefined || call.cancelled === null) {
      if (end !== 'quiet') return { found: 'nothing', lacking: 'wholeRun', why: `the run ended (${end}) too early` };
      const lacking = state.session.answeredAt === null ? 'handshake' : 'slowTool';
      return { found: 'nothing', lacking, why: 'no call was cancelled while it ran' };
    }
    const evidence = [call.seq, call.cancelled.seq];
    if (call.answer !== null) return weighAnswer(call, call.answer, evidence);
    const want = wantOfSilence(state, call, end);
    if (want !== null) return want;
    return { found: 'held', expected: EXPECTED, observed: 'none, though it was given the time', evidence };
  },
};

function weighAnswer(call: Call, answer: NonNullable<Call['answer']>, before: readonly number[]): Finding {
  const said = { expected: EXPECTED, observed: answerText(answer.body), evidence: [...before, answer.seq] };
  // Whoever says that it was cancelled has taken the cancellation in: nothing crossed, and nothing was passed over.
  if (tellsOfCancel(answer.body)) return { found: 'broken', ...said };
  // A full answer may be that of a call which cannot be cancelled, and those are exempt.
  return wasCrossed(call) ?? { found: 'open', ambiguity: 'answer-after-cancel', ...said };
}
