import fc from 'fast-check';
import type { Case } from './case.js';
import { anyCases } from './generators.js';
import { type Run, runCase } from './run-case.js';
import type { Subject } from './subject.js';

/** How a core is fuzzed. */
export interface FuzzOptions {
  /** The same seed draws the same cases. */
  readonly seed: number;
  /** How many steps the cores are to take, at least. */
  readonly steps: number;
  /** One session in so many is judged by the invariants of specs as a whole; 0: none. By default 60. */
  readonly judgedIn?: number;
  /** Whether a case that fails is made as short as can be; by default it is. */
  readonly shrinks?: boolean;
}

/** A case that a core does not pass. */
export interface Failure {
  /** What drew it, and its path from there: fast-check draws it again from these two. */
  readonly seed: number;
  readonly path: string;
  /** How many steps were taken until a case failed for the first time. */
  readonly steps: number;
  /** What was wrong, in words. */
  readonly what: string;
  /** As short as could be. */
  readonly case: Case;
}

/** What was done, and what came of it. */
export interface Fuzzed {
  readonly steps: number;
  readonly cases: number;
  readonly sessions: number;
  /** How many of the sessions were judged as a whole. */
  readonly judged: number;
  readonly failure: Failure | null;
}

/** Fuzzes a core until a case fails, or it has taken so many steps. Null where none failed. */
export function fuzzCore(core: Subject, options: FuzzOptions): Failure | null {
  return fuzz(core, options).failure;
}

/** The same, with an account of what was done. */
export function fuzz(core: Subject, options: FuzzOptions): Fuzzed {
  const done = { steps: 0, cases: 0, sessions: 0, judged: 0 };
  let hasFailed = false;
  const judgedIn = options.judgedIn ?? JUDGED_IN;
  const isJudged = judgedIn === 0 ? fc.constant(false) : fc.nat(judgedIn - 1).map((drawn) => drawn === 1 % judgedIn);
  const property = fc.property(anyCases, isJudged, (one, judges) => {
    // The last round is cut short where it has done enough.
    if (!hasFailed && done.steps >= options.steps) return;
    const run = runCase(core, one, judges);
    // What it takes to make a case shorter does not count.
    if (!hasFailed) note(done, run);
    hasFailed ||= run.wrong !== null;
    if (run.wrong !== null) throw new Error(run.wrong);
  });
  for (let round = 0; done.steps < options.steps; round += 1) {
    const seed = options.seed + round;
    const details = fc.check(property, { seed, numRuns: CASES_IN_ROUND, endOnFailure: options.shrinks === false });
    if (!details.failed) continue;
    const [found] = details.counterexample ?? [];
    if (found === undefined) throw new Error('nothing was drawn');
    const { counterexamplePath: path, errorInstance } = details;
    const what = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
    return { ...done, failure: { seed, path: path ?? '', steps: done.steps, what, case: found } };
  }
  return { ...done, failure: null };
}

/** What is done by default: a whole session takes as long to judge as thousands of steps. */
const JUDGED_IN = 60;

const CASES_IN_ROUND = 100;

function note(done: { steps: number; cases: number; sessions: number; judged: number }, run: Run): void {
  done.steps += run.steps;
  done.cases += 1;
  done.sessions += run.sessions;
  done.judged += run.judged;
}
