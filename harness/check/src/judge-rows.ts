import type { Finding, Level, Need } from '@mcp-lifeline/specs';
import type { Check, Evidence } from './checks/check.js';
import { type Row, statusOf } from './report.js';
import type { Run } from './run.js';

/** What is known before any trace of a revision is looked at. */
export interface Circumstances {
  /** Why the revision cannot be judged at all: the server does not speak it. */
  readonly notSpoken: string | null;
  /** The whole check was interrupted. */
  readonly interrupted: boolean;
}

/** The rows of one revision, in the order of the checks; none for a check that has nothing to say of it. */
export function judgeRows(
  checks: readonly Check[],
  revision: string,
  evidence: Evidence,
  circumstances: Circumstances,
): readonly Row[] {
  return checks.flatMap((check) => {
    const level = check.level(revision);
    return level === null ? [] : [judgeRow(check, revision, level, evidence, circumstances)];
  });
}

function judgeRow(check: Check, revision: string, level: Level, evidence: Evidence, circumstances: Circumstances): Row {
  const { notSpoken, interrupted } = circumstances;
  const judged = check.judge(revision, evidence);
  const { run } = judged;
  // What was seen after a counter-offer belongs to the revision that was counter-offered, and to no row here.
  const unspoken: Finding = { found: 'nothing', lacking: 'revision', why: notSpoken ?? '' };
  const finding = notSpoken === null ? judged.finding : unspoken;
  const isRecorded = notSpoken !== null || isRecordedAbsence(finding, run, check.needs, interrupted);
  return {
    id: check.id,
    revision,
    title: check.title,
    level,
    status: statusOf(finding, level, isRecorded),
    ...whyOf(finding, run),
    clauses: check.clauses(revision),
    ...(finding.found === 'nothing' ? {} : { expected: finding.expected, observed: finding.observed }),
    ...(run === null ? {} : { run: run.id }),
    evidence: finding.found === 'nothing' ? [] : finding.evidence,
    seconds: Math.round((run?.seconds ?? 0) * 1000) / 1000,
  };
}

function whyOf(finding: Finding, run: Run | null): { readonly why?: string } {
  if (finding.found === 'open') return { why: `the text is open: ${finding.ambiguity}` };
  if (finding.found !== 'nothing') return {};
  if (run === null) return { why: finding.why };
  const absence = absences(run).find(({ need }) => need === finding.lacking);
  const cut = wasCutShort(run) ? absences(run).find(({ need }) => need === 'wholeRun') : undefined;
  return { why: absence?.why ?? cut?.why ?? finding.why };
}

/** `unobserved` needs more than a want of evidence: somebody must have written down what was missing. */
function isRecordedAbsence(finding: Finding, run: Run | null, needs: readonly Need[], interrupted: boolean): boolean {
  if (finding.found !== 'nothing') return false;
  // A scenario that was not played lacks a whole run, whatever its check declared to need.
  if (run === null) return interrupted;
  if (!needs.includes(finding.lacking)) return false;
  const { events } = run.trace;
  switch (finding.lacking) {
    case 'wholeRun':
      return events.some((event) => event.plane === 'note' && event.kind === 'end' && event.why !== 'quiet');
    case 'steadyMachine':
      return events.some((event) => event.plane === 'process' && event.kind === 'lag');
    case 'revision':
      return true;
    default:
      return wasCutShort(run) || absences(run).some(({ need }) => need === finding.lacking);
  }
}

/** A run that came to its bound may not have put its question yet: that it ended so is on record. */
function wasCutShort({ trace }: Run): boolean {
  return trace.events.some((event) => event.plane === 'note' && event.kind === 'end' && event.why === 'limit');
}

function absences(run: Run): readonly { readonly need: string; readonly why: string }[] {
  return run.trace.events.flatMap((event) => (event.plane === 'note' && event.kind === 'absent' ? [event] : []));
}
