import { CONFIGURATIONS, inOwnThread, LARGE_CONFIGURATIONS } from '@mcp-lifeline/explore';
import { check } from './check/check.js';
import { showClauses, showDifference } from './clauses.js';
import { parseCommandLine } from './command-line.js';
import { EXIT } from './exit-code.js';
import type { Configurations } from './explore/choose.js';
import { explore } from './explore/explore.js';
import { listConfigurations } from './explore/list.js';
import { fuzz } from './fuzz/fuzz.js';
import { importLog } from './import/import.js';
import type { Invocation } from './invocation.js';
import type { Io } from './io.js';
import { judge } from './judge/judge.js';
import { listChecks } from './list-checks.js';
import { visible } from './report/text.js';
import { UsageError } from './usage-error.js';

/** What `explore` explores. */
const EXPLORED: Configurations = { usual: CONFIGURATIONS, large: LARGE_CONFIGURATIONS };

/**
 * Runs the command.
 * @param argv its arguments, without the interpreter and the script
 * @returns the exit code; it never rejects
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  try {
    const code = await carryOut(parseCommandLine(argv), io);
    const failure = await io.stdout.flush();
    if (failure === null) return code;
    io.stderr.write(`mcp-lifeline: stdout cannot be written: ${failure}\n`);
    return EXIT.ourFault;
  } catch (error) {
    if (error instanceof UsageError) {
      io.stderr.write(`mcp-lifeline: ${visible(error.message)}\n`);
      return EXIT.badUsage;
    }
    io.stderr.write(internalError(error, io.env));
    return EXIT.ourFault;
  }
}

/** What is said about a fault of our own; with the stack only for those who look for it. */
export function internalError(error: unknown, env: Io['env']): string {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  const line = `mcp-lifeline: internal error: ${visible(message)}; please report this\n`;
  return env.DEBUG === 'mcp-lifeline' ? `${line}${stack ?? ''}\n` : line;
}

async function carryOut(invocation: Invocation, io: Io): Promise<number> {
  switch (invocation.kind) {
    case 'check':
      return check(invocation, io);
    case 'fuzz':
      return fuzz(invocation, io);
    case 'list':
      return listChecks(invocation, io);
    case 'judge':
      return judge(invocation, io);
    case 'import':
      return importLog(invocation, io);
    case 'clauses':
      return showClauses(invocation, io);
    case 'difference':
      return showDifference(invocation, io);
    case 'explore':
      return explore(invocation, io, { configurations: EXPLORED, exploreOne: inOwnThread });
    case 'exploreList':
      return listConfigurations(invocation, io, EXPLORED);
    case 'text':
      io[invocation.to].write(invocation.text);
      return invocation.to === 'stdout' ? EXIT.ok : EXIT.badUsage;
  }
}
