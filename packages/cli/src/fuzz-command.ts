import type { Case } from '@mcp-lifeline/fuzz';
import type { Command } from 'commander';
import type { CheckInvocation, FuzzInvocation } from './invocation.js';
import {
  jobsValue,
  pathValue,
  replayValue,
  revisionValue,
  runsValue,
  secondsValue,
  seedValue,
} from './option-values.js';
import { addServerOptions, type ServerOptions, serverCommand, slowToolOf } from './server-options.js';
import { UsageError } from './usage-error.js';

/** How many runs go on side by side unless one says otherwise. */
const JOBS = 2;

const EXAMPLES = `
Examples:
  mcp-lifeline fuzz -- node server.js
  mcp-lifeline fuzz --seconds 60 --jobs 4 --json report.json --traces traces -- npx -y some-server
  mcp-lifeline fuzz --seed 7 --runs 1000 -- ./server
  mcp-lifeline fuzz --replay f1.… -- ./server

Exit codes:
  0  no MUST was seen broken                           3  the server never completed a handshake
  1  one was (with --strict also: a warning)           4  an error of mcp-lifeline's own
  2  bad usage                                         128+n  stopped by signal n
`;

interface FuzzOptions extends ServerOptions {
  readonly runs?: number;
  readonly seconds?: number;
  readonly jobs: number;
  readonly seed?: number;
  readonly replay?: Case;
  readonly url?: string;
  readonly json?: string;
  readonly junit?: string;
  readonly traces?: string;
  readonly revision: CheckInvocation['revision'];
  readonly strict?: true;
}

/**
 * Adds `fuzz -- COMMAND ...` to the program.
 * @param command what stands behind `--`, or null
 * @param settle called with what was asked for
 */
export function addFuzzCommand(
  program: Command,
  command: readonly string[] | null,
  settle: (invocation: FuzzInvocation) => void,
): void {
  const fuzz = program
    .command('fuzz')
    .summary('random orderings, timing and endings on a server')
    .description(
      'Starts a server again and again, does what a client may do in random order and timing, and tells the shortest story of whatever breaks. Of its tools it calls only those that evidently just take their time or ask the client something, and the one that --slow-tool names.',
    )
    .usage('[options] -- COMMAND ...');
  addRunOptions(fuzz);
  addReportOptions(fuzz);
  addServerOptions(fuzz);
  fuzz
    .option('--url <URL>', 'a server over HTTP: not there yet')
    .helpOption('--help', 'print this')
    .addHelpText('after', EXAMPLES)
    .action((options: FuzzOptions) => settle(fuzzInvocation(options, command)));
}

function addRunOptions(fuzz: Command): void {
  fuzz
    .option('--runs <N>', 'make N runs, each on a fresh process (200, unless --seconds decides)', runsValue)
    .option('--seconds <S>', 'begin new runs for S seconds', secondsValue)
    .option('--jobs <N>', 'make N runs side by side', jobsValue, JOBS)
    .option('--seed <N>', 'make the same runs again', seedValue)
    .option('--replay <CASE>', 'run one case again, as a report gives it', replayValue)
    .option(
      '--revision <WHICH>',
      'which revisions are offered, and count: the one that the server prefers, all, or one by its date',
      revisionValue,
      'preferred',
    );
}

function addReportOptions(fuzz: Command): void {
  fuzz
    .option('--json <FILE>', 'write the JSON report; - is stdout, and nothing else goes there', (value) =>
      pathValue('--json', value, true),
    )
    .option('--junit <FILE>', 'write a JUnit report (XML); - is stdout, and nothing else goes there', (value) =>
      pathValue('--junit', value, true),
    )
    .option('--traces <DIR>', 'write a trace of each fault (JSON Lines)', (value) => pathValue('--traces', value))
    .option('--strict', 'exit 1 for a warning too');
}

function fuzzInvocation(options: FuzzOptions, command: readonly string[] | null): FuzzInvocation {
  if (options.url !== undefined)
    throw new UsageError(
      'fuzz --url is not there yet: give the command of a server that speaks over stdio, as in fuzz -- node server.js',
    );
  const server = serverCommand(command, 'fuzz');
  const { json, junit, traces, revision, strict, runs, seconds, jobs, seed, replay, timeoutScale, env, cwd } = options;
  if (json === '-' && junit === '-') throw new UsageError('--json and --junit cannot both go to stdout: name a file');
  if (replay !== undefined && (runs !== undefined || seconds !== undefined || seed !== undefined)) {
    throw new UsageError('--replay runs one case a few times: --runs, --seconds and --seed mean nothing beside it');
  }
  return {
    kind: 'fuzz',
    command: server,
    json: json ?? null,
    junit: junit ?? null,
    traces: traces ?? null,
    revision,
    strict: strict === true,
    runs: runs ?? null,
    seconds: seconds ?? null,
    jobs,
    seed: seed ?? null,
    replay: replay ?? null,
    slowTool: slowToolOf(options),
    timeoutScale,
    env: env ?? {},
    cwd: cwd ?? null,
  };
}
