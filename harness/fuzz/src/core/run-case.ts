import { act } from './actions.js';
import type { Case } from './case.js';
import { judgeSession } from './judge.js';
import { type Subject, wholeSubject } from './subject.js';
import { type AudienceOf, System } from './system.js';
import { TraceRecorder } from './trace.js';
import { Violation } from './violation.js';

/** What came of one run. */
export interface Run {
  /** How many steps all cores took. */
  readonly steps: number;
  readonly sessions: number;
  /** How many of the sessions were judged as a whole. */
  readonly judged: number;
  /** What was wrong; null when nothing was. */
  readonly wrong: string | null;
}

/**
 * Plays a case from its first move to the end of its last session, and checks each step.
 *
 * @param judges whether each session is judged by the invariants of specs, once it is over; but not one that is too long for it.
 */
export function runCase(subject: Subject, { world, moves }: Case, judges = false): Run {
  let judged = 0;
  const withJudge: AudienceOf = (session, stage) =>
    new TraceRecorder(stage, session, (events) => {
      if (events.length > MOST_EVENTS) return;
      judged += 1;
      judgeSession(session, events);
    });
  const system = new System(wholeSubject(subject), world, judges ? withJudge : () => null);
  let wrong: string | null = null;
  try {
    for (const move of moves) act(system, move);
    system.finish();
  } catch (error) {
    if (!(error instanceof Violation)) throw error;
    wrong = error.message;
  }
  return { steps: system.stage.steps, sessions: system.sessions, judged, wrong };
}

/** To judge takes longer than in proportion to the length: those that are longer are left to what is checked of each step. */
const MOST_EVENTS = 3_000;
