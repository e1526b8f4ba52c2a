import { listProcesses } from '@mcp-lifeline/adapter-stdio/group';

/** The processor time that each live member of a process group has used, in ms, by its pid. */
export type Usage = ReadonlyMap<number, number>;

/** Looks at a process group; null where the process table cannot be read. */
export function usageOf(group: number): Usage | null {
  const processes = listProcesses();
  if (processes === null) return null;
  return new Map(processes.filter((entry) => entry.group === group).map(({ pid, cpuMs }) => [pid, cpuMs]));
}

/** What was used in between, in ms. Whoever came in between counts whole, whoever went does not count. */
export function usedBetween(before: Usage, after: Usage): number {
  return [...after].reduce((sum, [pid, cpuMs]) => sum + Math.max(0, cpuMs - (before.get(pid) ?? 0)), 0);
}
