import type { Case } from '@mcp-lifeline/fuzz';
import type { Revision } from '@mcp-lifeline/specs';
import type { JsonObject } from '@mcp-lifeline/trace';

/** What the command line asks for. */
export type Invocation =
  | CheckInvocation
  | ListInvocation
  | ClausesInvocation
  | DifferenceInvocation
  | ExploreInvocation
  | ExploreListInvocation
  | FuzzInvocation
  | JudgeInvocation
  | ImportInvocation
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

/** `fuzz -- COMMAND ...` */
export interface FuzzInvocation
  extends Pick<
    CheckInvocation,
    | 'command'
    | 'json'
    | 'junit'
    | 'traces'
    | 'revision'
    | 'strict'
    | 'timeoutScale'
    | 'jobs'
    | 'slowTool'
    | 'env'
    | 'cwd'
  > {
  readonly kind: 'fuzz';
  /** How many runs are made, and for how many seconds; null where nobody said. */
  readonly runs: number | null;
  readonly seconds: number | null;
  readonly seed: number | null;
  /** A case to be run again, in place of new ones. */
  readonly replay: Case | null;
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
  /** Where they go as JSON; `-` is stdout, and null is nowhere. */
  readonly json: string | null;
  /** Their numbers alone, page by page. */
  readonly isSummary: boolean;
}

/** `clauses --diff REV REV` */
export interface DifferenceInvocation {
  readonly kind: 'difference';
  readonly from: Revision;
  readonly to: Revision;
}

/** `judge TRACE` */
export interface JudgeInvocation {
  readonly kind: 'judge';
  /** The recording; `-` is standard input. */
  readonly file: string;
  /** Whom to judge; null for whoever the recording can judge. */
  readonly role: 'server' | 'client' | 'both' | null;
  /** The revision to judge by; null for the one that was agreed on. */
  readonly revision: Revision | null;
  /** The ids of the invariants to judge by; null for all. */
  readonly only: readonly string[] | null;
  readonly strict: boolean;
  readonly json: string | null;
  readonly junit: string | null;
  /** More events than this are not read. */
  readonly maxEvents: number;
}

/** `import LOG` */
export interface ImportInvocation {
  readonly kind: 'import';
  /** The log; `-` is standard input. */
  readonly file: string;
  /** Where the trace goes; `-` is stdout. */
  readonly output: string;
  /** Whose log it is, where its lines say only what was sent and what was received. */
  readonly logOf: 'client' | 'server' | null;
  /** How a line is read, where none of the known forms fits. */
  readonly pattern: RegExp | null;
  /** Which of several sessions: counted from 1, the last one, or all as if they were one. */
  readonly session: number | 'last' | 'all' | null;
  /** Which of several servers. */
  readonly server: string | null;
  /** Its times are those at which the messages crossed. */
  readonly hasExactTimes: boolean;
  /** It holds every message, also where it looks as if it did not. */
  readonly isComplete: boolean;
  /** More messages than this are not read. */
  readonly maxEvents: number;
}

/** `explore` */
export interface ExploreInvocation {
  readonly kind: 'explore';
  /** The ids of the configurations to explore, as they were written; null for all of a size. */
  readonly configs: readonly string[] | null;
  /** Those with larger bounds. */
  readonly isLarge: boolean;
  /** Where a configuration stops that has more states; null where nobody says so. */
  readonly maxStates: number | null;
  readonly json: string | null;
  readonly traces: string | null;
  /** How many configurations are explored side by side. */
  readonly jobs: number;
}

/** `explore --list` */
export interface ExploreListInvocation {
  readonly kind: 'exploreList';
  readonly configs: readonly string[] | null;
  readonly isLarge: boolean;
  readonly json: string | null;
}
