import type { Command } from 'commander';
import type { CheckInvocation, ListInvocation } from './invocation.js';
import { jobsValue, onlyValue, pathValue, revisionValue } from './option-values.js';
import { selectChecks } from './select-checks.js';
import { addServerOptions, type ServerOptions, serverCommand, slowToolOf } from './server-options.js';
import { UsageError } from './usage-error.js';

/** How many scenarios are played side by side unless one says otherwise. */
const JOBS = 2;

const EXAMPLES = `
Examples:
  mcp-lifeline check -- node server.js
  mcp-lifeline check --env API_KEY=dummy --json report.json --traces traces -- npx -y some-server
  mcp-lifeline check --only handshake,rpc.id-echo --revision all -- ./server
  mcp-lifeline check --slow-tool sleep --slow-args '{"seconds":5}' --junit report.xml -- ./server

Exit codes:
  0  no MUST is broken in the revisions that count     3  the server never completed a handshake
  1  one is (with --strict also: a warning), or        4  an error of mcp-lifeline's own
     --expect lists a failure that is none any more
  2  bad usage                                         128+n  stopped by signal n
`;

interface CheckOptions extends ServerOptions {
  readonly json?: string;
  readonly junit?: string;
  readonly traces?: string;
  readonly only?: string;
  readonly revision: CheckInvocation['revision'];
  readonly strict?: true;
  readonly expect?: string;
  readonly writeExpect?: string;
  readonly jobs: number;
  readonly list?: true;
}

/**
 * Adds `check -- COMMAND ...` to the program.
 * @param command what stands behind `--`, or null
 * @param settle called with what was asked for
 */
export function addCheckCommand(
  program: Command,
  command: readonly string[] | null,
  settle: (invocation: CheckInvocation | ListInvocation) => void,
): void {
  const check = program
    .command('check')
    .summary('judge a server')
    .description('Starts a server again and again, and tells which clauses of which revision it breaks.')
    .usage('[options] -- COMMAND ...');
  addReportOptions(check);
  addJudgingOptions(check);
  check.option('--jobs <N>', 'play N scenarios side by side', jobsValue, JOBS);
  addServerOptions(check);
  check
    .option('--list', 'show the checks and start nothing')
    .helpOption('--help', 'print this')
    .addHelpText('after', EXAMPLES)
    .action((options: CheckOptions) => {
      settle(options.list === true ? listInvocation(options) : checkInvocation(options, command));
    });
}

function addReportOptions(check: Command): void {
  check
    .option('--json <FILE>', 'write the JSON report; - is stdout, and nothing else goes there', (value) =>
      pathValue('--json', value, true),
    )
    .option('--junit <FILE>', 'write a JUnit report (XML); - is stdout, and nothing else goes there', (value) =>
      pathValue('--junit', value, true),
    )
    .option('--traces <DIR>', 'write a trace of each run (JSON Lines)', (value) => pathValue('--traces', value));
}

function addJudgingOptions(check: Command): void {
  check
    .option('--only <IDS>', 'run these checks alone: ids or families, separated by commas', onlyValue)
    .option(
      '--revision <WHICH>',
      'which revisions count: the one that the server prefers, all, or one by its date',
      revisionValue,
      'preferred',
    )
    .option('--strict', 'exit 1 for a warning too')
    .option(
      '--expect <FILE>',
      'excuse the known failures that this file lists, and tell which are none any more',
      (value) => pathValue('--expect', value),
    )
    .option('--write-expect <FILE>', 'write the failures of this run as such a file', (value) =>
      pathValue('--write-expect', value),
    );
}

function listInvocation({ json, only, revision }: CheckOptions): ListInvocation {
  return { kind: 'list', json: json ?? null, only: only === undefined ? null : selectChecks(only), revision };
}

function checkInvocation(options: CheckOptions, command: readonly string[] | null): CheckInvocation {
  const server = serverCommand(command, 'check');
  const { json, junit, traces, only, revision, strict, expect, writeExpect, jobs, timeoutScale, env, cwd } = options;
  if (json === '-' && junit === '-') throw new UsageError('--json and --junit cannot both go to stdout: name a file');
  return {
    kind: 'check',
    command: server,
    json: json ?? null,
    junit: junit ?? null,
    traces: traces ?? null,
    only: only === undefined ? null : selectChecks(only),
    revision,
    strict: strict === true,
    expect: expect ?? null,
    writeExpect: writeExpect ?? null,
    jobs,
    slowTool: slowToolOf(options),
    timeoutScale,
    env: env ?? {},
    cwd: cwd ?? null,
  };
}
