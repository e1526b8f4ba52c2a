import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The command as users start it: it has to be built. */
export const BIN = fileURLToPath(new URL('../bin/mcp-lifeline.mjs', import.meta.url));

/** A server of the test peers, by its path below `harness/check/faulty`. */
export function peer(name: string): readonly string[] {
  return [process.execPath, fileURLToPath(new URL(`../../../harness/check/faulty/${name}.mjs`, import.meta.url))];
}

/** How the command ended, and what it wrote. */
export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command while it runs. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Starts the command with a marker in its environment, which every process that it starts inherits. */
export function startCli(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  cwd = process.cwd(),
  stdin?: string,
): Running {
  const child = spawn(process.execPath, [BIN, ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: '', FORCE_COLOR: '', ...env },
    stdio: [stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  child.stdin?.end(stdin);
  const written = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    written.stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    written.stderr += text;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, ...written }));
  });
  return { child, ended };
}

/** Runs the command to its end. */
export function cli(args: readonly string[], env?: NodeJS.ProcessEnv, cwd?: string): Promise<Ended> {
  return startCli(args, env, cwd).ended;
}

/** Runs the command to its end, with this on its standard input. */
export function piped(args: readonly string[], stdin: string): Promise<Ended> {
  return startCli(args, {}, process.cwd(), stdin).ended;
}
