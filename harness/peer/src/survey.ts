import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { listProcesses } from '@mcp-lifeline/adapter-stdio/group';
import type { Survivor } from '@mcp-lifeline/trace';

/** The variable that marks a process and, by inheritance, everything it starts. */
export const MARK_VARIABLE = 'MCP_LIFELINE_MARK';

/**
 * Every live process that carries this mark in its environment, also when it left the process group.
 * @param group the process group of the session
 * @returns null where the process table cannot be read: that nobody is found there means nothing
 */
export function survey(mark: string, group: number | undefined): Survivor[] | null {
  const processes = listProcesses();
  if (processes === null) return null;
  return processes
    .filter((entry) => entry.state !== 'Z' && entry.pid !== process.pid)
    .filter((entry) => entry.group === group || carriesMark(entry.pid, mark))
    .map((entry) => ({ pid: entry.pid, name: entry.name, inGroup: entry.group === group }));
}

/** Surveys again and again, for at most so long, until nothing is left; gives back what is left in the end. */
export async function surveyFor(forMs: number, mark: string, group: number | undefined): Promise<Survivor[] | null> {
  const until = performance.now() + forMs;
  for (;;) {
    const survivors = survey(mark, group);
    if (survivors === null || survivors.length === 0 || performance.now() >= until) return survivors;
    await pause(INTERVAL_MS);
  }
}

/** Kills what a survey found. */
export function killSurvivors(survivors: readonly Survivor[]): void {
  for (const { pid } of survivors) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself since.
    }
  }
}

/** Between two surveys. */
const INTERVAL_MS = 100;

function carriesMark(pid: number, mark: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(`${MARK_VARIABLE}=${mark}`);
  } catch {
    return false; // it ended, or belongs to somebody else
  }
}
