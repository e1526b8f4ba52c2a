import { parseArgs } from 'node:util';

/** What the command line of the bench asks for. */
export type Invocation =
  | { readonly kind: 'help' }
  | { readonly kind: 'misused'; readonly complaint: string }
  | RunInvocation;

/** A run of the bench. */
export interface RunInvocation {
  readonly kind: 'run';
  readonly rounds: number;
  readonly quick: boolean;
  /** The ids of workloads, in the order of the list. */
  readonly workloads: readonly string[];
  /** The names of subjects, in the order of the list. */
  readonly subjects: readonly string[];
  /** A file for all samples, `-` for stdout, or null. */
  readonly json: string | null;
  /** Whether `docs/bench.md` is written. */
  readonly write: boolean;
  /** A folder for CPU profiles of the workers, or null. */
  readonly profile: string | null;
}

/** What there is to choose from. */
export interface Choices {
  readonly workloads: readonly string[];
  /** Those of them that a quick run takes when it names none. */
  readonly quickWorkloads: readonly string[];
  readonly subjects: readonly string[];
}

/** Rounds of a full run and of a quick one. */
const ROUNDS = { full: 5, quick: 2 } as const;
const MAX_ROUNDS = 100;

/** Reads the arguments of the bench; never throws. */
export function readInvocation(args: readonly string[], choices: Choices): Invocation {
  try {
    return read(args, choices);
  } catch (error) {
    return { kind: 'misused', complaint: error instanceof Error ? error.message : String(error) };
  }
}

/** The text for `--help`. */
export function helpText({ workloads, subjects }: Choices): string {
  return `Measures mcp-lifeline beside others, in turns, and prints medians.

usage: pnpm bench [OPTION ...]

  --quick            fewer workloads, smaller samples, ${ROUNDS.quick} rounds: for a look, not for a claim
  --rounds N         samples of each subject for each workload (${ROUNDS.full}, with --quick ${ROUNDS.quick})
  --only ID,...      these workloads; a beginning stands for all: memory, memory.ping
  --subjects NAME,...  these subjects
  --json FILE        writes every sample; - is stdout, and then nothing else is
  --write            writes docs/bench.md; takes a full run
  --profile DIR      has each process that measures leave a CPU profile there
  --help

subjects   ${subjects.join('  ')}
workloads  ${workloads.join('\n           ')}
`;
}

function read(args: readonly string[], choices: Choices): Invocation {
  // Some runners of scripts pass their own separator on.
  const { values } = parseArgs({ args: args.filter((arg) => arg !== '--'), options: OPTIONS });
  if (values.help) return { kind: 'help' };
  const quick = values.quick ?? false;
  const partial = quick || values.only !== undefined || values.subjects !== undefined;
  if (values.write && partial) throw new Error('--write takes a full run: no --quick, --only or --subjects');
  return {
    kind: 'run',
    quick,
    rounds: values.rounds === undefined ? ROUNDS[quick ? 'quick' : 'full'] : readRounds(values.rounds),
    workloads: workloadsOf(values.only, quick, choices),
    subjects: choose('subject', values.subjects, choices.subjects),
    json: values.json ?? null,
    write: values.write ?? false,
    profile: values.profile ?? null,
  };
}

const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  quick: { type: 'boolean' },
  rounds: { type: 'string' },
  only: { type: 'string' },
  subjects: { type: 'string' },
  json: { type: 'string' },
  write: { type: 'boolean' },
  profile: { type: 'string' },
} as const;

function readRounds(text: string): number {
  const rounds = Number(text);
  if (Number.isInteger(rounds) && rounds >= 1 && rounds <= MAX_ROUNDS) return rounds;
  throw new Error(`--rounds takes a number from 1 to ${MAX_ROUNDS}, not ${text}`);
}

function workloadsOf(only: string | undefined, quick: boolean, choices: Choices): readonly string[] {
  if (only === undefined && quick) return choices.quickWorkloads;
  return choose('workload', only, choices.workloads);
}

function choose(kind: string, list: string | undefined, known: readonly string[]): readonly string[] {
  if (list === undefined) return known;
  const wanted = list.split(',');
  const isMeant = (name: string, by: string): boolean => name === by || name.startsWith(`${by}.`);
  const unknown = wanted.filter((by) => !known.some((name) => isMeant(name, by)));
  if (unknown.length > 0) throw new Error(`no such ${kind}: ${unknown.join(', ')}; there are: ${known.join(', ')}`);
  return known.filter((name) => wanted.some((by) => isMeant(name, by)));
}
