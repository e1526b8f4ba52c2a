import type { Finding, Level } from '@mcp-lifeline/specs';

/** What became of a check in a revision. */
export type Status = 'pass' | 'fail' | 'warn' | 'note' | 'unobserved' | 'error';

/** All statuses, the gravest first. */
export const STATUSES: readonly Status[] = ['fail', 'warn', 'error', 'unobserved', 'note', 'pass'];

/** One row: a check in a revision. */
export interface Row {
  readonly id: string;
  readonly revision: string;
  readonly title: string;
  readonly level: Level;
  readonly status: Status;
  /** Why it is unobserved or an error of ours, or which ambiguity makes it a note. */
  readonly why?: string;
  readonly clauses: readonly string[];
  readonly expected?: string;
  readonly observed?: string;
  /** The run that shows it, and the `seq` of the events that do. */
  readonly run?: string;
  readonly evidence: readonly number[];
  readonly seconds: number;
}

/** The result of a whole check. */
export type Verdict = 'pass' | 'fail' | 'no-handshake' | 'error';

/** The level of a finding, and whether what it lacks was recorded as absent, make its status. */
export function statusOf(finding: Finding, level: Level, isRecorded: boolean): Status {
  switch (finding.found) {
    case 'held':
      return level === 'NOTE' ? 'note' : 'pass';
    case 'open':
      return 'note';
    case 'broken':
      return level === 'MUST' ? 'fail' : level === 'NOTE' ? 'note' : 'warn';
    case 'nothing':
      return isRecorded ? 'unobserved' : 'error';
  }
}

/** How many rows of each status. */
export function countRows(rows: readonly Row[]): Record<Status, number> {
  const counts: Record<Status, number> = { pass: 0, fail: 0, warn: 0, note: 0, unobserved: 0, error: 0 };
  for (const { status } of rows) counts[status] += 1;
  return counts;
}
