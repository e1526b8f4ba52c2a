import { TOOL } from '@mcp-lifeline/check';
import { Command, CommanderError } from 'commander';
import { addCheckCommand } from './check-command.js';
import { addClausesCommand } from './clauses-command.js';
import { addExploreCommand } from './explore-command.js';
import { addFuzzCommand } from './fuzz-command.js';
import { addImportCommand } from './import-command.js';
import type { Invocation } from './invocation.js';
import { addJudgeCommand } from './judge-command.js';
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
  const [, starter] = /'(check|fuzz)'/.exec(message) ?? [];
  if (code === 'commander.excessArguments' && starter !== undefined) {
    return `too many arguments: the command of a server goes behind --, as in ${starter} -- node server.js`;
  }
  return `${line}${line.includes('Did you mean') ? '' : '; --help shows what there is'}`;
}

function programOf(reading: Reading): Command {
  const program = new Command(TOOL.name)
    .description('Judges the connection lifecycle of any Model Context Protocol server.')
    .version(TOOL.version, '--version', 'print the version')
    .helpOption('--help', 'print this')
    .configureOutput(reading.output)
    .exitOverride();
  const settle = (invocation: Invocation): void => {
    reading.invocation = invocation;
  };
  addCheckCommand(program, reading.command, settle);
  addFuzzCommand(program, reading.command, settle);
  addJudgeCommand(program, reading.command, settle);
  addImportCommand(program, reading.command, settle);
  addClausesCommand(program, reading.command, settle);
  addExploreCommand(program, reading.command, settle);
  return program;
}
