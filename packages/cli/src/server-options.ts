import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { JsonObject } from '@mcp-lifeline/trace';
import type { Command } from 'commander';
import type { CheckInvocation } from './invocation.js';
import type { Io } from './io.js';
import { argumentsValue, envValue, pathValue, scaleValue, toolValue } from './option-values.js';
import { UsageError } from './usage-error.js';

/** What the options tell of how a server is started, and what it is good for. */
export interface ServerOptions {
  readonly slowTool?: string;
  readonly slowArgs?: JsonObject;
  readonly timeoutScale: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Adds the options of {@link ServerOptions}. */
export function addServerOptions(command: Command): void {
  command
    .option('--slow-tool <NAME>', 'a tool that takes seconds, where none is found by itself', toolValue)
    .option('--slow-args <JSON>', 'the arguments that it is called with', argumentsValue)
    .option('--timeout-scale <N>', 'multiply every wait by N', scaleValue, 1)
    .option('--env <NAME=VALUE>', 'set a variable of the server (repeatable); its value is printed nowhere', envValue)
    .option('--cwd <DIR>', 'start the server in this folder', (value) => pathValue('--cwd', value));
}

/**
 * The command of a server.
 * @param words what stands behind `--`, or null
 * @param name of the command that needs it, such as `check`
 * @throws UsageError when there is none
 */
export function serverCommand(words: readonly string[] | null, name: string): CheckInvocation['command'] {
  const [program, ...args] = words ?? [];
  if (program === undefined) throw new UsageError(`${name} needs the command of a server: ${name} -- node server.js`);
  if (program.trim() === '') throw new UsageError(`the command behind -- is empty: ${name} -- node server.js`);
  return [program, ...args];
}

/**
 * The tool that is named. Arguments without a tool mean nothing, and a tool may do anything when it is called without those
 * it needs.
 * @throws UsageError when one stands there without the other
 */
export function slowToolOf({ slowTool, slowArgs }: ServerOptions): CheckInvocation['slowTool'] {
  if (slowTool === undefined && slowArgs === undefined) return null;
  if (slowTool === undefined) throw new UsageError('--slow-args needs --slow-tool beside it');
  if (slowArgs === undefined) throw new UsageError("--slow-tool needs --slow-args beside it; '{}' if it takes none");
  return { name: slowTool, args: slowArgs };
}

/**
 * The folder that a server is started in.
 * @throws UsageError when there is none
 */
export function serverFolder(cwd: string | null, io: Io): string {
  const folder = resolve(io.cwd, cwd ?? '.');
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (stats?.isDirectory() !== true) throw new UsageError(`--cwd: ${cwd} is not a folder that exists`);
  return folder;
}
