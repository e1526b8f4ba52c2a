import type { CheckResult, Row, Verdict } from '@mcp-lifeline/check';
import { isRevision } from '@mcp-lifeline/specs';
import type { Known } from './known.js';

/** What a check found out, weighed against the failures that were known. */
export interface Outcome extends CheckResult {
  readonly rows: readonly OutcomeRow[];
  /** The entries that the server outgrew; each of them fails the check. */
  readonly stale: readonly Stale[];
}

/** A row, and the entry that excuses it where one does. */
export interface OutcomeRow extends Row {
  readonly excusedBy?: Known;
}

/** An entry that excuses nothing any more, and what is there in its place. */
export interface Stale {
  readonly known: Known;
  readonly now: string;
}

/**
 * Weighs a result against the failures that were known.
 *
 * An entry whose check or revision was not judged in this run is left alone, and so is everything where there is no
 * verdict on the server.
 * @param isAsked whether a check was judged at all
 */
export function weigh(result: CheckResult, known: readonly Known[], isAsked: (id: string) => boolean): Outcome {
  if (result.why !== undefined || known.length === 0) return { ...result, stale: [] };
  const rows = result.rows.map((row): OutcomeRow => {
    const entry = known.find((candidate) => isAbout(candidate, row) && candidate.status === row.status);
    return entry === undefined || !result.counted.includes(row.revision) ? row : { ...row, excusedBy: entry };
  });
  const stale = known
    .filter(({ id, revision }) => isAsked(id) && result.tried.includes(revision))
    .flatMap((entry) => staleOf(entry, rows, result.counted));
  return { ...result, rows, stale, verdict: stale.length > 0 ? 'fail' : verdictOf(rows, result.counted) };
}

/**
 * The known failures as they are now: those that still hold, with their reasons, and those that are new, with none yet.
 * @param before what was known until now
 */
export function knownNow({ rows, counted, stale }: Outcome, before: readonly Known[]): readonly Known[] {
  const kept = before.filter((entry) => !stale.some(({ known }) => known === entry));
  const found = rows.flatMap((row): Known[] => {
    const { id, revision, status, excusedBy } = row;
    if (!isRevision(revision) || !counted.includes(revision) || excusedBy !== undefined) return [];
    return status === 'fail' || status === 'warn' ? [{ id, revision, status, because: '' }] : [];
  });
  return [...kept, ...found];
}

function staleOf(known: Known, rows: readonly Row[], counted: readonly string[]): readonly Stale[] {
  const row = rows.find((candidate) => isAbout(known, candidate));
  // Some checks are judged only in the revisions that count.
  if (row === undefined) return counted.includes(known.revision) ? [{ known, now: 'there is no such row' }] : [];
  // A fault of ours says nothing about the server.
  if (row.status === known.status || row.status === 'error') return [];
  return [{ known, now: row.status === 'pass' ? 'it passes now' : `it is ${row.status} now` }];
}

function isAbout({ id, revision }: Known, row: Row): boolean {
  return row.id === id && row.revision === revision;
}

function verdictOf(rows: readonly OutcomeRow[], counted: readonly string[]): Verdict {
  const own = rows.filter(({ revision, excusedBy }) => counted.includes(revision) && excusedBy === undefined);
  if (own.some(({ status }) => status === 'fail')) return 'fail';
  return own.some(({ status }) => status === 'error') ? 'error' : 'pass';
}
