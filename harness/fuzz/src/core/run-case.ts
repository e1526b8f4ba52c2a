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
  /** What was wrong; null when nothing was. */
  readonly wrong: string | null;
}

/**
 * Plays a case from its first move to the end of its last session, and checks each step.
 *
 * @param judges whether each session is judged by the invariants of specs, once it is over.
 */
export function runCase(subject: Subject, { world, moves }: Case, judges = false): Run {
  const system = new System(wholeSubject(subject), world, judges ? withJudge : withoutJudge);
  const sofar = (wrong: string | null): Run => ({ steps: system.stage.steps, sessions: system.sessions, wrong });
  try {
    for (const move of moves) act(system, move);
    system.finish();
    return sofar(null);
  } catch (error) {
    if (error instanceof Violation) return sofar(error.message);
    throw error;
  }
}

const withJudge: AudienceOf = (session, stage) =>
  new TraceRecorder(stage, session, (events) => judgeSession(session, events));

const withoutJudge: AudienceOf = () => null;
