import { TOOL } from '@mcp-lifeline/check';
import { Command, CommanderError } from 'commander';
import type { CheckInvocation, Invocation, ListInvocation } from './invocation.js';
import { envValue, onlyValue, pathValue, revisionValue, scaleValue } from './option-values.js';
import { selectChecks } from './select-checks.js';
import { UsageError } from './usage-error.js';

/**
 * Reads the arguments of the command.
 * @param argv without the interpreter and the script
 * @throws UsageError when they make no sense
 */
export function parseCommandLine(argv: readonly string[]): Invocation {
  // What stands behind `--` belongs to the server: no option of ours is looked for there, and no option eats the `--`.
  const border = argv.indexOf('--');
  const own = border === -1 ? argv : argv.slice(0, border);
  const reading = new Reading(border === -1 ? null : argv.slice(border + 1));
  const program = programOf(reading);
  try {
    program.parse(own, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return reading.stopped(error);
  }
  return reading.invocation ?? { kind: 'text', to: 'stderr', text: program.helpInformation() };
}

/** What comes out of one pass of the parser. */
class Reading {
  /** What stands behind `--`; null when there is no `--`. */
  readonly command: readonly string[] | null;
  invocation: Invocation | null = null;
  #out = '';
  #err = '';

  constructor(command: readonly string[] | null) {
    this.command = command;
  }

  readonly output = {
    writeOut: (text: string): void => {
      this.#out += text;
    },
    writeErr: (text: string): void => {
      this.#err += text;
    },
    outputError: (): void => {},
  };

  /** The parser stopped: it printed what was asked for, or did not understand. */
  stopped(error: CommanderError): Invocation {
    if (error.exitCode === 0) return { kind: 'text', to: 'stdout', text: this.#out };
    if (error.code === 'commander.help') return { kind: 'text', to: 'stderr', text: this.#err };
    throw new UsageError(explain(error));
  }
}

/** The parser's own words, as one line. */
function explain({ code, message }: CommanderError): string {
  const line = message.replace(/^error: /, '').replaceAll('\n', ' ');
  if (code === 'commander.excessArguments' && message.includes("'check'")) {
    return 'too many arguments: the command of a server goes behind --, as in check -- node server.js';
  }
  return `${line}${line.includes('Did you mean') ? '' : '; --help shows what there is'}`;
}

interface CheckOptions {
  readonly json?: string;
  readonly traces?: string;
  readonly only?: string;
  readonly revision: CheckInvocation['revision'];
  readonly strict?: true;
  readonly timeoutScale: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly list?: true;
}

function programOf(reading: Reading): Command {
  const program = new Command(TOOL.name)
    .description('Judges the connection lifecycle of any Model Context Protocol server.')
    .version(TOOL.version, '--version', 'print the version')
    .helpOption('--help', 'print this')
    .configureOutput(reading.output)
    .exitOverride();
  addCheck(program, reading);
  program
    .command('clauses')
    .summary('show the clauses and what judges each')
    .description('Shows the clauses of the specification, paraphrased, and the checks that judge each of them.')
    .argument('[ID]', 'a clause (2025-11-25/ping/respond), its name in every revision (ping/respond), or a revision')
    .action((of: string | undefined) => {
      if (reading.command !== null) throw new UsageError('clauses starts no server: leave out what begins with --');
      if (of !== undefined && of.trim() === '') throw new UsageError('clauses needs an id or a revision, or nothing');
      reading.invocation = { kind: 'clauses', of: of ?? null };
    });
  return program;
}

const CHECK_EXAMPLES = `
Examples:
  mcp-lifeline check -- node server.js
  mcp-lifeline check --env API_KEY=dummy --json report.json --traces traces -- npx -y some-server
  mcp-lifeline check --only handshake,rpc.id-echo --revision all -- ./server

Exit codes:
  0  no MUST is broken in the revisions that count     3  the server never completed a handshake
  1  one is (with --strict also: a warning)            4  an error of mcp-lifeline's own
  2  bad usage                                         128+n  stopped by signal n
`;

function addCheck(program: Command, reading: Reading): void {
  program
    .command('check')
    .summary('judge a server')
    .description('Starts a server again and again, and tells which clauses of which revision it breaks.')
    .usage('[options] -- COMMAND ...')
    .option('--json <FILE>', 'write the JSON report; - is stdout, and nothing else goes there', (value) =>
      pathValue('--json', value, true),
    )
    .option('--traces <DIR>', 'write a trace of each run (JSON Lines)', (value) => pathValue('--traces', value))
    .option('--only <IDS>', 'run these checks alone: ids or families, separated by commas', onlyValue)
    .option(
      '--revision <WHICH>',
      'which revisions count: the one that the server prefers, all, or one by its date',
      revisionValue,
      'preferred',
    )
    .option('--strict', 'exit 1 for a warning too')
    .option('--timeout-scale <N>', 'multiply every wait by N', scaleValue, 1)
    .option('--env <NAME=VALUE>', 'set a variable of the server (repeatable); its value is printed nowhere', envValue)
    .option('--cwd <DIR>', 'start the server in this folder', (value) => pathValue('--cwd', value))
    .option('--list', 'show the checks and start nothing')
    .helpOption('--help', 'print this')
    .addHelpText('after', CHECK_EXAMPLES)
    .action((options: CheckOptions) => {
      const list = options.list === true;
      reading.invocation = list ? listInvocation(options) : checkInvocation(options, reading.command);
    });
}

function listInvocation({ json, only, revision }: CheckOptions): ListInvocation {
  return { kind: 'list', json: json ?? null, only: only === undefined ? null : selectChecks(only), revision };
}

function checkInvocation(options: CheckOptions, command: readonly string[] | null): CheckInvocation {
  const [program, ...args] = command ?? [];
  if (program === undefined) throw new UsageError('check needs the command of a server: check -- node server.js');
  if (program.trim() === '') throw new UsageError('the command behind -- is empty: check -- node server.js');
  const { json, traces, only, revision, strict, timeoutScale, env, cwd } = options;
  return {
    kind: 'check',
    command: [program, ...args],
    json: json ?? null,
    traces: traces ?? null,
    only: only === undefined ? null : selectChecks(only),
    revision,
    strict: strict === true,
    timeoutScale,
    env: env ?? {},
    cwd: cwd ?? null,
  };
}
