// Runs one command at a time and stays out of its way: what we are sent, it gets; what it exits with, we report.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** One signal reaches us several times: from the terminal, from npm, from a caller who signals the whole group. */
const SAME_SIGNAL_MS = 1_000;
/** How long a command that ran over its limit has to end by itself. */
const GRACE_MS = 10_000;
/** How often we look whether npm is still there. */
const PARENT_POLL_MS = 500;
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a command to its end.
 *
 * What it says goes where ours goes, unless it is `quiet`: then it is kept and returned, all of it or its stdout alone.
 *
 * @param {readonly string[]} command the file and its arguments
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean | 'stdout', limitMs?: number}} options
 * @returns {Promise<{code: number, output: string, interrupted: boolean, overLimit: boolean}>} `code` is 128 + the number of the
 *   signal when a signal ended it, 127 when it could not be started; `interrupted` when we were told to stop meanwhile
 */
export function run(command, { cwd, env, quiet = false, limitMs } = {}) {
  const [file, ...args] = command;
  // What runs unseen needs no terminal, and may be npm, which does not pass signals on through its shell: we signal the group.
  const ownGroup = quiet !== false && process.platform !== 'win32';
  return new Promise((resolve) => {
    let output = '';
    let overLimit = false;
    const child = spawn(file, args, {
      cwd,
      env: env ?? process.env,
      stdio: quiet ? ['ignore', 'pipe', quiet === 'stdout' ? 'inherit' : 'pipe'] : 'inherit',
      windowsHide: true,
      detached: ownGroup,
    });
    const send = (signal) => signalTo(child, signal, ownGroup);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    }
    const signals = forwardSignals(send, ownGroup);
    const limit = limitMs && setTimeout(() => stop(), limitMs);
    let grace;
    const stop = () => {
      overLimit = true;
      send('SIGTERM');
      grace = setTimeout(() => send('SIGKILL'), GRACE_MS);
    };
    const end = (code) => {
      clearTimeout(limit);
      clearTimeout(grace);
      resolve({ code, output, interrupted: signals.release(), overLimit });
    };
    child.once('error', (error) => {
      if (quiet === true) output += `${file}: ${error.message}\n`;
      else process.stderr.write(`${file}: ${error.message}\n`);
      end(127);
    });
    child.once('close', (code, signal) => end(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}

/**
 * Passes on to the child what asks us to stop, and keeps us alive until it has ended.
 * A terminal sends Ctrl-C to the whole group, child included: it is not repeated, since many programs take a second one for
 * impatience. A later one is passed on: it was meant.
 */
function forwardSignals(send, ownGroup) {
  const last = new Map();
  const forward = (signal) => {
    const now = performance.now();
    const before = last.get(signal);
    if (before !== undefined && now - before < SAME_SIGNAL_MS) return;
    last.set(signal, now);
    const alreadyHas = signal === 'SIGINT' && before === undefined && process.stdin.isTTY && !ownGroup;
    if (!alreadyHas) send(signal);
  };
  for (const signal of FORWARDED) process.on(signal, forward);
  const parentWatch = watchParent(() => forward('SIGTERM'));
  return {
    /** @returns {boolean} whether any came */
    release() {
      for (const signal of FORWARDED) process.off(signal, forward);
      clearInterval(parentWatch);
      return last.size > 0;
    },
  };
}

function signalTo(child, signal, group) {
  if (!group || child.pid === undefined) return child.kill(signal);
  try {
    return process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
    return false;
  }
}

/**
 * npm runs us through a shell, and a SIGTERM for npm ends that shell without reaching us: all we see is a new parent.
 * Outside npm a parent may leave for good reasons (`nohup`).
 */
function watchParent(onGone) {
  if (process.env.npm_lifecycle_event === undefined) return undefined;
  const parent = process.ppid;
  return setInterval(() => {
    if (process.ppid !== parent) onGone();
  }, PARENT_POLL_MS).unref();
}
