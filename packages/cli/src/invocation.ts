import type { Revision } from '@mcp-lifeline/specs';
import type { JsonObject } from '@mcp-lifeline/trace';

/** What the command line asks for. */
export type Invocation =
  | CheckInvocation
  | ListInvocation
  | ClausesInvocation
  /** Text for a reader who asked for it, or who did not say what to do. */
  | { readonly kind: 'text'; readonly text: string; readonly to: 'stdout' | 'stderr' };

/** `check -- COMMAND ...` */
export interface CheckInvocation {
  readonly kind: 'check';
  readonly command: readonly [program: string, ...args: string[]];
  /** Where the JSON report goes; `-` is stdout, and null is nowhere. */
  readonly json: string | null;
  /** Where the JUnit report goes, likewise. */
  readonly junit: string | null;
  readonly traces: string | null;
  /** The file of known failures that are excused, and the file to write those of this run to. */
  readonly expect: string | null;
  readonly writeExpect: string | null;
  /** The ids of the checks to run; null for all. */
  readonly only: readonly string[] | null;
  readonly revision: 'preferred' | 'all' | Revision;
  readonly strict: boolean;
  readonly timeoutScale: number;
  /** How many scenarios are played side by side. */
  readonly jobs: number;
  /** A tool that takes its time, where none is found by itself. */
  readonly slowTool: { readonly name: string; readonly args: JsonObject } | null;
  /** Added to the environment of the server. Values may be secrets: they are printed nowhere. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string | null;
}

/** `check --list` */
export interface ListInvocation {
  readonly kind: 'list';
  readonly json: string | null;
  readonly only: readonly string[] | null;
  readonly revision: 'preferred' | 'all' | Revision;
}

/** `clauses [ID]` */
export interface ClausesInvocation {
  readonly kind: 'clauses';
  /** A clause by its full id, by its name in every revision, or all of one revision; null for everything. */
  readonly of: string | null;
  readonly revision: Revision | null;
  /** Those alone that nothing judges. */
  readonly unjudged: boolean;
}
