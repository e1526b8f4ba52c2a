import { type EndWhy, isJsonObject, type JsonObject } from '@mcp-lifeline/trace';
import type { Finding } from '../invariant.js';
import { seconds } from '../silence.js';
import type { Call, CallsState } from './cancelled-call.js';

type Nothing = Extract<Finding, { found: 'nothing' }>;

/** What lacks to say that a cancelled call was given the time in which it would have gone on; null when it was. */
export function wantOfSilence(state: CallsState, call: Call, end: EndWhy): Nothing | null {
  const ranMs = call.cancelled === null ? 0 : call.cancelled.t - call.t;
  // An answer that came after all leaves nothing to fence: it says itself that it is all that comes.
  const isFenced =
    call.answer !== null ||
    state.session.pending.some(({ seq, key, fenced }) => seq === call.seq && key === call.key && fenced);
  // It was cancelled at a third or so of what it takes: twice as long again, and it would have come to its end.
  if (isFenced && call.heldMs >= 2 * ranMs) return null;
  if (end !== 'quiet') return { found: 'nothing', lacking: 'wholeRun', why: `the run ended (${end}) too early` };
  const why = isFenced
    ? `after ${seconds(ranMs)} it was cancelled, and then given ${seconds(call.heldMs)} only`
    : 'too few later requests were answered to tell';
  return { found: 'nothing', lacking: 'fences', why };
}

/** What an answer that may have crossed the cancellation shows; null when it cannot have. */
export function wasCrossed({ answer }: Call): Nothing | null {
  if (answer === null || answer.crossed === null) return null;
  if (answer.crossed === 'lag') {
    return { found: 'nothing', lacking: 'steadyMachine', why: 'this machine was too late to tell which came first' };
  }
  return { found: 'nothing', lacking: 'slowTool', why: 'the answer and the cancellation may have crossed' };
}

/** Whether an answer says itself that its request was cancelled: then the cancellation was taken in. */
export function tellsOfCancel({ error, result }: JsonObject): boolean {
  if (isJsonObject(error)) return CANCEL_WORDS.test(JSON.stringify(error.message) ?? '');
  return isJsonObject(result) && result.isError === true && CANCEL_WORDS.test(JSON.stringify(result.content) ?? '');
}

const CANCEL_WORDS = /cancel|abort/i;
