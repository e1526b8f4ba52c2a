import { type Coverage, type FuzzResult, formatCase, storyOf } from '@mcp-lifeline/fuzz';
import type { Outcome } from '../expect/outcome.js';
import { type JsonReport, jsonReport } from '../report/json.js';

/** The JSON report of `fuzz`: that of `check`, and how it came about. */
export interface JsonFuzzReport extends JsonReport {
  readonly fuzz: {
    readonly runs: number;
    /** How many processes were started: runs, and what it took to make cases smaller and to confirm them. */
    readonly processes: number;
    readonly seconds: number;
    readonly seed: number;
    /** The tools that were called. */
    readonly tools: readonly string[];
    readonly coverage: Coverage;
    readonly violations: readonly JsonViolation[];
  };
}

/** A fault, and the shortest case that shows it. */
export interface JsonViolation {
  /** The checks that it breaks. */
  readonly ids: readonly string[];
  readonly revision: string;
  /** What the client does, a sentence each. */
  readonly story: readonly string[];
  /** How many acts it takes, and how many the case had in which it was met. */
  readonly acts: number;
  readonly foundIn: number;
  /** Whether nothing smaller was left to try. */
  readonly minimal: boolean;
  readonly confirmed: { readonly shown: number; readonly of: number };
  /** What `--replay` takes. */
  readonly replay: string;
  readonly trace?: string;
}

/** The names of the tools that fuzzing calls, each once. */
export function toolsOf({ slow, long, asking }: FuzzResult['fuzz']['means']): readonly string[] {
  return [...new Set([slow, long, asking].flatMap((tool) => tool?.name ?? []))];
}

/**
 * Builds it.
 * @param traceOf the path of the trace of a run, as the report shall give it
 */
export function jsonFuzz(
  outcome: Outcome,
  { fuzz: { runs, processes, seed, coverage, violations, means }, seconds }: FuzzResult,
  traceOf: (runId: string) => string | undefined,
): JsonFuzzReport {
  return {
    ...jsonReport(outcome, traceOf),
    fuzz: {
      runs,
      processes,
      seconds,
      seed,
      tools: toolsOf(means),
      coverage,
      violations: violations.map((violation) => {
        const trace = traceOf(violation.run.id);
        return {
          ids: violation.broken.map(({ id }) => id),
          revision: violation.case.offer,
          story: storyOf(violation.case, means),
          acts: violation.case.acts.length,
          foundIn: violation.foundIn,
          minimal: violation.isMinimal,
          confirmed: violation.again,
          replay: formatCase(violation.case),
          ...(trace === undefined ? {} : { trace }),
        };
      }),
    },
  };
}
