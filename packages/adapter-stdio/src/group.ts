import { readdirSync, readFileSync } from 'node:fs';

/** One process as the kernel's table shows it (Linux, `proc(5)`). */
export interface ProcessEntry {
  readonly pid: number;
  readonly name: string;
  /** One letter: `Z` is a zombie, dead and not yet reaped. */
  readonly state: string;
  readonly group: number;
}

/** Every process of this machine, or null where there is no `/proc` to read. */
export function listProcesses(): readonly ProcessEntry[] | null {
  if (process.platform !== 'linux') return null;
  const entries: ProcessEntry[] = [];
  for (const name of readdirSync('/proc')) {
    const entry = /^\d+$/.test(name) ? readProcess(Number(name)) : null;
    if (entry !== null) entries.push(entry);
  }
  return entries;
}

/**
 * Whether a process group still has a live member.
 *
 * A zombie that nobody reaps answers `kill(-group, 0)` for ever; it holds nothing, so it does not count where the
 * process table can be read.
 */
export function isGroupAlive(group: number): boolean {
  if (!signalGroup(group, 0)) return false;
  const processes = listProcesses();
  return processes === null || processes.some((entry) => entry.group === group && entry.state !== 'Z');
}

/** Sends a signal to each member of a process group; false when there is none left. */
export function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-group, signal);
    return true;
  } catch (error) {
    // EPERM: a member exists and belongs to somebody else; ESRCH: nobody is left.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function readProcess(pid: number): ProcessEntry | null {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return null; // it ended between the listing and the reading
  }
  // The name stands in parentheses and may hold any character, also a closing parenthesis.
  const close = stat.lastIndexOf(')');
  const [state = '', , group = ''] = stat.slice(close + 2).split(' ');
  return { pid, name: stat.slice(stat.indexOf('(') + 1, close), state, group: Number(group) };
}
