import { countRows, type Status, TOOL, type Verdict } from '@mcp-lifeline/check';
import type { Level } from '@mcp-lifeline/specs';
import type { Json } from '@mcp-lifeline/trace';
import type { Outcome, OutcomeRow } from '../expect/outcome.js';

/** The JSON report, version 1. Members may be added; none changes its meaning. */
export interface JsonReport {
  readonly report: 1;
  readonly tool: { readonly name: string; readonly version: string };
  readonly target: {
    readonly transport: 'stdio';
    readonly command: readonly string[];
    readonly serverInfo: Json | null;
    /** The revisions that the server speaks, oldest first. */
    readonly revisions: readonly string[];
    /** The revisions that were offered: whether it speaks any other was not asked. */
    readonly tried: readonly string[];
    readonly preferred: string | null;
    readonly era: 'legacy' | 'none';
  };
  readonly verdict: Verdict;
  /** Why there is no verdict on the server. */
  readonly why?: string;
  /** The revisions whose rows make `verdict` and `counts`. */
  readonly counted: readonly string[];
  readonly counts: Readonly<Record<Status, number>>;
  readonly seconds: number;
  readonly checks: readonly JsonCheck[];
  /** The entries of the known failures that excuse nothing any more; each of them fails the check. */
  readonly stale?: readonly JsonStale[];
}

/** An entry to be removed, and what is there in its place. */
export interface JsonStale {
  readonly id: string;
  readonly revision: string;
  readonly status: 'fail' | 'warn';
  readonly now: string;
}

/** A check in a revision. */
export interface JsonCheck {
  readonly id: string;
  readonly revision: string;
  readonly title: string;
  readonly level: Level;
  readonly status: Status;
  /** The failure was known, and fails no check. */
  readonly excused?: true;
  readonly why?: string;
  readonly clauses: readonly string[];
  readonly expected?: string;
  readonly observed?: string;
  /** The trace that shows it, relative to the folder of the report. */
  readonly trace?: string;
  readonly seconds: number;
}

/**
 * Builds the JSON report.
 * @param traceOf the path of the trace of a run, as the report shall give it
 */
export function jsonReport(result: Outcome, traceOf: (runId: string) => string | undefined): JsonReport {
  const { command, serverInfo, revisions, tried, preferred, verdict, why, counted, seconds, rows, stale } = result;
  return {
    report: 1,
    tool: TOOL,
    target: {
      transport: 'stdio',
      command,
      serverInfo,
      revisions,
      tried,
      preferred,
      era: revisions.length > 0 ? 'legacy' : 'none',
    },
    verdict,
    ...(why === undefined ? {} : { why }),
    counted,
    counts: countRows(rows.filter(({ revision }) => counted.includes(revision))),
    seconds,
    checks: rows.map((row) => jsonCheck(row, row.run === undefined ? undefined : traceOf(row.run))),
    ...(stale.length === 0
      ? {}
      : { stale: stale.map(({ known: { id, revision, status }, now }) => ({ id, revision, status, now })) }),
  };
}

function jsonCheck(row: OutcomeRow, trace: string | undefined): JsonCheck {
  const { id, revision, title, level, status, excusedBy, why, clauses, expected, observed, seconds } = row;
  return {
    id,
    revision,
    title,
    level,
    status,
    ...(excusedBy === undefined ? {} : { excused: true }),
    ...(why === undefined ? {} : { why }),
    clauses,
    ...(expected === undefined ? {} : { expected }),
    ...(observed === undefined ? {} : { observed }),
    ...(trace === undefined ? {} : { trace }),
    seconds,
  };
}
