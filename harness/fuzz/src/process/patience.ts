import type { Patience } from './carrier.js';

/** How sure a run has to be that what did not come would not have come. */
export type Care = 'look' | 'hurry' | 'confirm';

/**
 * The patience of a run. What is claimed in the end rests on runs that wait as long as `check` does, or half as long; to look
 * for something to claim less will do; and less still where something was found already.
 * @param scale multiplies every wait
 */
export function patienceAt(care: Care, scale: number): Patience {
  const times = (ms: number): number => Math.round(ms * scale);
  const startMs = times(30_000);
  switch (care) {
    case 'look':
      return { startMs, answerMs: times(1_000), leaveMs: times(2_000), lingerMs: times(1_000) };
    case 'hurry':
      return { startMs, answerMs: times(400), leaveMs: times(500), lingerMs: times(300) };
    case 'confirm':
      return { startMs, answerMs: times(5_000), leaveMs: times(5_000), lingerMs: times(3_000) };
  }
}
