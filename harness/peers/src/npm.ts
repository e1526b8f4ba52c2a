import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** How much of npm's output is quoted: its first lines name the cause, its last ones the log file. In characters each. */
const QUOTE_CHARS = 1_500;
/** How much of it is kept at all, in characters. */
const KEPT_CHARS = 100_000;

/**
 * The command that runs npm: the one that came with this Node, else whatever `PATH` has.
 * The script is run by Node itself, since `npm.cmd` on Windows would need a shell.
 */
function npmCommand(): readonly [string, ...string[]] {
  const bin = dirname(process.execPath);
  const beside = ['../lib/node_modules', 'node_modules'].map((folder) => join(bin, folder, 'npm/bin/npm-cli.js'));
  const running = process.env['npm_execpath'];
  const candidates = running?.endsWith('npm-cli.js') ? [running, ...beside] : beside;
  const script = candidates.find((path) => existsSync(path));
  return script === undefined ? ['npm'] : [process.execPath, script];
}

/** What `npmCi` may be told. */
export interface NpmOptions {
  /** The command to run in place of npm, for tests. */
  readonly npm?: readonly [string, ...string[]];
  /** After this long npm is stopped and the installation counts as failed. */
  readonly timeoutMs?: number;
  /** Stops npm when it aborts. */
  readonly signal?: AbortSignal;
}

/**
 * Installs what the lockfile in `directory` says, without running any install script.
 *
 * @throws Error that quotes npm's output when npm fails, cannot be started, or takes longer than `timeoutMs`; whatever `signal` was
 *   aborted with.
 */
export function npmCi(directory: string, options: NpmOptions = {}): Promise<void> {
  const [file, ...before] = options.npm ?? npmCommand();
  const timeoutMs = options.timeoutMs ?? 600_000;
  // The engines that some servers' dependencies declare are newer than the Node they run on.
  const args = [
    ...before,
    'ci',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--engine-strict=false',
    '--loglevel=warn',
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd: directory,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
      signal: options.signal,
      windowsHide: true,
    });
    let output = '';
    const keep = (text: string) => {
      if (output.length < KEPT_CHARS) output += text;
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.once('error', (cause) => {
      // An abort is an error too; the process is gone when `close` comes.
      if (!options.signal?.aborted) reject(new Error(`npm could not be started: ${cause.message}`, { cause }));
    });
    child.once('close', (code, signal) => {
      if (code === 0) return resolve();
      if (options.signal?.aborted) return reject(options.signal.reason);
      const how = signal === null ? `exited ${code}` : `was stopped by ${signal} (limit ${timeoutMs} ms)`;
      reject(new Error(`npm ci ${how} and said:\n${quote(output.trim()) || '(nothing)'}`));
    });
  });
}

function quote(output: string): string {
  if (output.length <= 2 * QUOTE_CHARS) return output;
  return `${output.slice(0, QUOTE_CHARS)}\n[...]\n${output.slice(-QUOTE_CHARS)}`;
}
