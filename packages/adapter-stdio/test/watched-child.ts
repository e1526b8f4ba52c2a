import { PROCESS_DEFAULTS, type ProcessConfig } from '@mcp-lifeline/core/process';
import { type Child, type ChildEvent, type ChildOptions, startChild } from '../src/child.js';
import { isGroupAlive, listProcesses } from '../src/group.js';

/** A child under observation: what it wrote and what happened, in the order in which it was told. */
export interface WatchedChild {
  readonly child: Child;
  readonly events: readonly ChildEvent[];
  readonly output: () => string;
  readonly stderr: () => string;
}

/** Budgets that a process which does as it is asked never uses up, on a slow machine either. */
export const PATIENT: ProcessConfig = { ...PROCESS_DEFAULTS, graceMs: 30_000, termMs: 30_000, drainMs: 30_000 };

/** Starts a command under observation. */
export function watch(command: readonly [string, ...string[]], options: Partial<ChildOptions> = {}): WatchedChild {
  const events: ChildEvent[] = [];
  const output: Uint8Array[] = [];
  const stderr: Uint8Array[] = [];
  const [program, ...args] = command;
  const child = startChild({
    command: program,
    args,
    env: process.env,
    config: PATIENT,
    ...options,
    onOutput: (chunk) => output.push(chunk),
    onStderr: (chunk) => stderr.push(chunk),
    onEvent: (event) => {
      events.push(event);
      options.onEvent?.(event);
    },
  });
  const text = (chunks: readonly Uint8Array[]) => (): string => Buffer.concat(chunks).toString();
  started.push(child);
  return { child, events, output: text(output), stderr: text(stderr) };
}

/** For after each test: ends what the test did not, and waits until nothing is left of any group. */
export async function leaveNothing(): Promise<void> {
  for (const child of started.splice(0)) {
    const { pid } = child;
    child.kill();
    await child.over;
    if (pid !== undefined) await eventually(() => !isGroupAlive(pid), `nothing left of group ${pid}`);
  }
}

/** The signals of the closing ladder, in order. */
export function signals(events: readonly ChildEvent[]): readonly string[] {
  return events.flatMap((event) => (event.type === 'signalled' ? [event.signal] : []));
}

/** An inline script for the Node that runs this test. */
export function node(script: string): readonly [string, ...string[]] {
  return [process.execPath, '-e', script];
}

/** Waits until something holds. The bound is there to end a broken test, and is no measure. */
export async function eventually(condition: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Whether a process lives; one that is dead and not yet reaped does not. */
export function isAlive(pid: number): boolean {
  return listProcesses()?.some((entry) => entry.pid === pid && entry.state !== 'Z') ?? false;
}

const started: Child[] = [];
