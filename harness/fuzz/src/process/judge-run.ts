import { type Finding, INVARIANTS, type Invariant, judge, type Revision } from '@mcp-lifeline/specs';
import type { TraceEvent } from '@mcp-lifeline/trace';
import { type Facts, factsOf } from './facts.js';
import { REACTIONS, type Weight, weighFinding } from './sound.js';

/** An invariant that a run shows to be broken. */
export interface Broken extends Weight {
  readonly id: string;
  readonly level: 'MUST' | 'SHOULD' | 'ROBUST';
  readonly finding: Exclude<Finding, { found: 'nothing' }>;
}

/** What one run shows. */
export interface Judgement {
  /** The gravest first. */
  readonly broken: readonly Broken[];
  /** The ids of those that it shows to hold. */
  readonly held: readonly string[];
  /** What the text leaves open, or what is worth a note. */
  readonly noted: readonly { readonly id: string; readonly finding: Finding }[];
  /** A cancelled call was answered in full, which is broken if others are not. */
  readonly answeredInFull: Broken | null;
  /** A cancelled call was left unanswered, as it should. */
  readonly hasWithheld: boolean;
  readonly facts: Facts;
}

/** The invariants that fuzzing judges in a revision: all that have a level there. */
export function invariantsOf(revision: Revision): readonly Invariant<unknown>[] {
  return INVARIANTS.filter(({ level }) => level(revision) !== null);
}

/** Judges the trace of one run. */
export function judgeRun(events: readonly TraceEvent[], revision: Revision): Judgement {
  const facts = factsOf(events);
  const broken: Broken[] = [];
  const held: string[] = [];
  const noted: { id: string; finding: Finding }[] = [];
  let answeredInFull: Broken | null = null;
  for (const invariant of invariantsOf(revision)) {
    const { id } = invariant;
    const level = invariant.level(revision);
    const finding = judge(invariant, events);
    if (finding.found === 'nothing' || level === null) continue;
    if (finding.found === 'held' && level !== 'NOTE') held.push(id);
    else if (finding.found !== 'broken' || level === 'NOTE') noted.push({ id, finding });
    if (level === 'NOTE' || finding.found === 'held') continue;
    const weight = weighFinding(id, finding, facts, events);
    if (weight === null) continue;
    const one = { id, level, finding, ...weight };
    if (finding.found === 'broken') broken.push(one);
    else if (finding.found === 'open' && finding.ambiguity === 'answer-after-cancel') answeredInFull = one;
  }
  const own = broken.filter((one) => !broken.some((other) => isOtherName(one, other)));
  own.sort((a, b) => GRAVITY.indexOf(a.level) - GRAVITY.indexOf(b.level));
  return { broken: own, held, noted, answeredInFull, hasWithheld: held.includes('cancel.stops-response'), facts };
}

/** A second response is a second response, also where something else was cancelled before. */
function isOtherName(one: Broken, other: Broken): boolean {
  const last = one.finding.evidence.at(-1);
  return REACTIONS.includes(one.id) && !REACTIONS.includes(other.id) && other.finding.evidence.at(-1) === last;
}

const GRAVITY: readonly Broken['level'][] = ['MUST', 'SHOULD', 'ROBUST'];
