import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Order, Reply } from './worker-messages.js';
import type { Sample, Size } from './workload.js';

/** A worker that does not answer within this time has failed. */
const ANSWER_MS = 60_000;
/** How long a worker and its server have to end by themselves. */
const LEAVE_MS = 5_000;

const ENTRY = fileURLToPath(new URL('worker.js', import.meta.url));
const running = new Set<ChildProcess>();

/** A process with one workload, ready and warm. */
export interface Worker {
  /** @throws Error when the workload fails, the process ends, or nothing comes back in time. */
  sample(): Promise<Sample>;
  /** Ends the process and every child of its own; never throws. */
  stop(): Promise<void>;
}

/** Kills every worker that still runs, with its servers, at once. */
export function killWorkers(): void {
  for (const child of running) killGroup(child);
}

/**
 * Starts a worker and gets one workload ready in it.
 *
 * @param nodeArgs options for its Node
 * @throws Error when that fails or takes too long
 */
export type StartWorker = (
  subjectUrl: string,
  workloadId: string,
  size: Size,
  nodeArgs: readonly string[],
) => Promise<Worker>;

/** Starts a worker as a process; see {@link StartWorker}. */
export const startWorker: StartWorker = async (subjectUrl, workloadId, size, nodeArgs) => {
  // A group of its own, so that a server goes with it. What it prints is not our output.
  const child = fork(ENTRY, [], {
    execArgv: ['--expose-gc', ...nodeArgs],
    stdio: ['ignore', 2, 2, 'ipc'],
    detached: true,
  });
  running.add(child);
  const worker: Worker = {
    async sample() {
      const reply = await ask(child, { kind: 'sample' }, ANSWER_MS);
      if (reply.kind !== 'sample') throw new Error(`a worker answered ${reply.kind} to sample`);
      return reply.sample;
    },
    async stop() {
      // Politely first: profiles are written on the way out. The group is swept in any case.
      await ask(child, { kind: 'close' }, LEAVE_MS).catch(() => {});
      await exited(child, LEAVE_MS);
      killGroup(child);
      await exited(child, LEAVE_MS);
      running.delete(child);
    },
  };
  try {
    await ask(child, { kind: 'prepare', subjectUrl, workloadId, size }, ANSWER_MS);
    return worker;
  } catch (error) {
    await worker.stop();
    throw error;
  }
};

function ask(child: ChildProcess, order: Order, limitMs: number): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const settle = (outcome: Reply | Error): void => {
      clearTimeout(timer);
      child.off('message', onMessage).off('exit', onExit).off('error', settle);
      if (outcome instanceof Error) reject(outcome);
      else if (outcome.kind === 'failed') reject(new Error(outcome.error));
      else resolve(outcome);
    };
    const onMessage = (reply: unknown): void => settle(reply as Reply);
    const onExit = (code: number | null, signal: string | null): void =>
      settle(new Error(`the worker ended with ${signal ?? code} during ${order.kind}`));
    const timer = setTimeout(() => settle(new Error(`no answer to ${order.kind} within ${limitMs} ms`)), limitMs);
    child.on('message', onMessage).on('exit', onExit).on('error', settle);
    if (!child.connected) return settle(new Error(`the worker is gone before ${order.kind}`));
    child.send(order, (error) => error && settle(error));
  });
}

function exited(child: ChildProcess, limitMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, limitMs);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left in the group.
  }
}
