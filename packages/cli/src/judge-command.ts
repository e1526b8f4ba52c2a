import type { Revision } from '@mcp-lifeline/specs';
import type { Command } from 'commander';
import type { JudgeInvocation } from './invocation.js';
import { maxEventsValue, oneRevisionValue, onlyValue, pathValue, roleValue } from './option-values.js';
import { selectInvariants } from './select-checks.js';
import { UsageError } from './usage-error.js';

/** How many events of a recording are taken in unless one says otherwise: as many as a run of a check may have. */
const MAX_EVENTS = 50_000;

const EXAMPLES = `
Examples:
  mcp-lifeline judge traces/ready@2025-11-25.jsonl
  mcp-lifeline judge --role client --json verdict.json session.jsonl
  mcp-lifeline import host.log | mcp-lifeline judge -

Exit codes:
  0  no MUST is broken, as far as it shows             3  it shows no handshake, or none in a known revision
  1  one is (with --strict also: a warning)            4  an error of mcp-lifeline's own, or nothing to judge by
  2  bad usage, or a file that is no trace
`;

interface JudgeOptions {
  readonly role?: NonNullable<JudgeInvocation['role']>;
  readonly revision?: Revision;
  readonly only?: string;
  readonly strict?: true;
  readonly json?: string;
  readonly junit?: string;
  readonly maxEvents: number;
}

/**
 * Adds `judge TRACE` to the program.
 * @param command what stands behind `--`, or null
 * @param settle called with what was asked for
 */
export function addJudgeCommand(
  program: Command,
  command: readonly string[] | null,
  settle: (invocation: JudgeInvocation) => void,
): void {
  program
    .command('judge')
    .summary('judge a recording')
    .description('Judges a recorded session: which clauses of its revision the server or the client breaks in it.')
    .argument('<TRACE>', 'a trace (JSON Lines); - is standard input')
    .option(
      '--role <WHO>',
      'judge the server, the client, or both; by default whoever the recording can judge',
      roleValue,
    )
    .option('--revision <DATE>', 'judge by this revision instead of the one that was agreed on', oneRevisionValue)
    .option('--only <IDS>', 'judge by these invariants alone: ids or families, separated by commas', onlyValue)
    .option('--strict', 'exit 1 for a warning too')
    .option('--json <FILE>', 'write the JSON report; - is stdout, and nothing else goes there', (value) =>
      pathValue('--json', value, true),
    )
    .option('--junit <FILE>', 'write a JUnit report (XML); - is stdout, and nothing else goes there', (value) =>
      pathValue('--junit', value, true),
    )
    .option('--max-events <N>', 'read no more events than this', maxEventsValue, MAX_EVENTS)
    .helpOption('--help', 'print this')
    .addHelpText('after', EXAMPLES)
    .action((file: string, options: JudgeOptions) => {
      if (command !== null) throw new UsageError('judge starts no server: leave out what begins with --');
      settle(judgeInvocation(file, options));
    });
}

function judgeInvocation(file: string, options: JudgeOptions): JudgeInvocation {
  const { role, revision, only, strict, json, junit, maxEvents } = options;
  if (file.trim() === '') throw new UsageError('judge needs a trace: judge traces/ready@2025-11-25.jsonl');
  if (json === '-' && junit === '-') throw new UsageError('--json and --junit cannot both go to stdout: name a file');
  return {
    kind: 'judge',
    file,
    role: role ?? null,
    revision: revision ?? null,
    only: only === undefined ? null : selectInvariants(only),
    strict: strict === true,
    json: json ?? null,
    junit: junit ?? null,
    maxEvents,
  };
}
