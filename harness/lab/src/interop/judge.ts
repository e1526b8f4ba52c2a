import { type Finding, type Invariant, judge, REVISIONS } from '@mcp-lifeline/specs';
import type { Trace } from '@mcp-lifeline/trace';

/** What a trace shows, by the ids of the invariants. */
export interface Judged {
  /** Each with what it expected, what it saw and the events that show it. What is only worth a note is never broken. */
  readonly broken: readonly string[];
  readonly held: readonly string[];
  readonly open: readonly string[];
  /** What the trace never put to the question. */
  readonly nothing: readonly string[];
}

/**
 * Folds a trace into what it shows.
 *
 * @param revision judges by what binds in this revision; null by all that binds in any
 */
export function judgeTrace(invariants: readonly Invariant<unknown>[], trace: Trace, revision: string | null): Judged {
  const revisions = REVISIONS.filter((one) => revision === null || one === revision);
  const binding = invariants.filter(({ level }) => revisions.some((one) => level(one) !== null));
  const findings = binding.map((invariant) => ({ id: invariant.id, finding: judge(invariant, trace.events) }));
  const isNote = (id: string): boolean =>
    binding.some((one) => one.id === id && revisions.every((revision) => one.level(revision) === 'NOTE'));
  const ids = (found: Finding['found']): readonly string[] =>
    findings.flatMap(({ id, finding }) => (finding.found === found ? [id] : []));
  return {
    broken: findings.flatMap(({ id, finding }) =>
      finding.found === 'broken' && !isNote(id) ? [`${id}: ${describe(finding)}`] : [],
    ),
    held: ids('held'),
    open: ids('open'),
    nothing: ids('nothing'),
  };
}

function describe({ expected, observed, evidence }: Extract<Finding, { readonly found: 'held' | 'broken' }>): string {
  return `expected ${expected}, observed ${observed} (events ${evidence.join(', ')})`;
}
