import { type Case, formatCase } from '@mcp-lifeline/fuzz';
import type { FuzzInvocation } from '../invocation.js';
import { visible } from '../report/text.js';

/** What of an invocation decides how a server is started, and what can be asked of it. */
type Setting = Pick<FuzzInvocation, 'command' | 'cwd' | 'env' | 'slowTool' | 'timeoutScale'>;

/** The command that runs a case again, on one line for a POSIX shell. The values of variables have to be filled in. */
export function replayLine(one: Case, { command, cwd, env, slowTool, timeoutScale }: Setting): string {
  const options = [
    ...(slowTool === null ? [] : ['--slow-tool', slowTool.name, '--slow-args', JSON.stringify(slowTool.args)]),
    ...(timeoutScale === 1 ? [] : ['--timeout-scale', String(timeoutScale)]),
    ...(cwd === null ? [] : ['--cwd', cwd]),
  ].map(quoted);
  const variables = Object.keys(env).flatMap((name) => ['--env', `${name}=…`]);
  const words = ['mcp-lifeline', 'fuzz', '--replay', formatCase(one), ...options, ...variables, '--'];
  return visible([...words, ...command.map(quoted)].join(' '));
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
