import { type CheckResult, countRows, type Row, type Status, TOOL, type Verdict } from '@mcp-lifeline/check';
import type { Level } from '@mcp-lifeline/specs';
import type { Json } from '@mcp-lifeline/trace';

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
}

/** A check in a revision. */
export interface JsonCheck {
  readonly id: string;
  readonly revision: string;
  readonly title: string;
  readonly level: Level;
  readonly status: Status;
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
export function jsonReport(result: CheckResult, traceOf: (runId: string) => string | undefined): JsonReport {
  const { command, serverInfo, revisions, preferred, verdict, why, counted, seconds, rows } = result;
  return {
    report: 1,
    tool: TOOL,
    target: {
      transport: 'stdio',
      command,
      serverInfo,
      revisions,
      preferred,
      era: revisions.length > 0 ? 'legacy' : 'none',
    },
    verdict,
    ...(why === undefined ? {} : { why }),
    counted,
    counts: countRows(rows.filter(({ revision }) => counted.includes(revision))),
    seconds,
    checks: rows.map((row) => jsonCheck(row, row.run === undefined ? undefined : traceOf(row.run))),
  };
}

function jsonCheck(row: Row, trace: string | undefined): JsonCheck {
  const { id, revision, title, level, status, why, clauses, expected, observed, seconds } = row;
  return {
    id,
    revision,
    title,
    level,
    status,
    ...(why === undefined ? {} : { why }),
    clauses,
    ...(expected === undefined ? {} : { expected }),
    ...(observed === undefined ? {} : { observed }),
    ...(trace === undefined ? {} : { trace }),
    seconds,
  };
}
