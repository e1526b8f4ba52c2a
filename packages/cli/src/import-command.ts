import type { Command } from 'commander';
import type { ImportInvocation } from './invocation.js';
import { endValue, maxEventsValue, pathValue, patternValue, serverValue, sessionValue } from './option-values.js';
import { UsageError } from './usage-error.js';

/** How many messages of a log are taken in unless one says otherwise. */
const MAX_EVENTS = 50_000;

const EXAMPLES = `
A line of the log is JSON with a direction and a message, or a text that ends in a message behind a mark:
  {"timestamp":"2026-01-01T00:00:00.000Z","direction":"out","message":{"jsonrpc":"2.0", ...}}
  2026-01-01T00:00:00.000Z [name] [info] Message from client: {"jsonrpc":"2.0", ...}
  [editor -> server] {"jsonrpc":"2.0", ...}
  <-- {"jsonrpc":"2.0", ...}
Other lines are counted. What a log does not hold (the process, the bytes, exact times) is not judged by it.

Examples:
  mcp-lifeline import mcp-server-files.log --session last -o session.jsonl
  mcp-lifeline import --pattern '^\\d+ (?<dir>\\S+) (?<json>.*)$' host.log | mcp-lifeline judge -

Exit codes:
  0  the trace is written     2  bad usage, or no message can be read     4  an error of mcp-lifeline's own

Secrets that show by their form (Authorization, tokens in _meta, passwords in URLs, well-known keys) are replaced;
others are not: look at the trace before you pass it on.
`;

interface ImportOptions {
  readonly output: string;
  readonly logOf?: 'client' | 'server';
  readonly pattern?: RegExp;
  readonly session?: NonNullable<ImportInvocation['session']>;
  readonly server?: string;
  readonly exactTimes?: true;
  readonly complete?: true;
  readonly maxEvents: number;
}

/**
 * Adds `import LOG` to the program.
 * @param command what stands behind `--`, or null
 * @param settle called with what was asked for
 */
export function addImportCommand(
  program: Command,
  command: readonly string[] | null,
  settle: (invocation: ImportInvocation) => void,
): void {
  program
    .command('import')
    .summary('make a recording out of a log')
    .description('Makes a trace out of a log of JSON-RPC messages, such as a host keeps, so that it can be judged.')
    .argument('<LOG>', 'a log with one message a line; - is standard input')
    .option(
      '-o, --output <TRACE>',
      'write the trace to this file; - is stdout',
      (value) => pathValue('-o', value, true),
      '-',
    )
    .option('--log-of <END>', 'the log of the client or of the server, where no message tells', endValue)
    .option('--pattern <REGEXP>', 'how to read a line: groups json and dir, or json, client and server', patternValue)
    .option('--session <N>', 'which of several sessions: a number, last, or all as if they were one', sessionValue)
    .option('--server <NAME>', 'which of several servers, where the lines name them', serverValue)
    .option('--exact-times', 'its times are those at which the messages crossed: judge by them')
    .option('--complete', 'it holds every message, though it has no notification')
    .option('--max-events <N>', 'read no more messages than this', maxEventsValue, MAX_EVENTS)
    .helpOption('--help', 'print this')
    .addHelpText('after', EXAMPLES)
    .action((file: string, options: ImportOptions) => {
      if (command !== null) throw new UsageError('import starts no server: leave out what begins with --');
      if (file.trim() === '') throw new UsageError('import needs a log: import host.log -o session.jsonl');
      const { output, logOf, pattern, session, server, exactTimes, complete, maxEvents } = options;
      settle({
        kind: 'import',
        file,
        output,
        logOf: logOf ?? null,
        pattern: pattern ?? null,
        session: session ?? null,
        server: server ?? null,
        hasExactTimes: exactTimes === true,
        isComplete: complete === true,
        maxEvents,
      });
    });
}
