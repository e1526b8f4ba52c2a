import { readdirSync, readFileSync } from 'node:fs';

/** One process as the kernel's table shows it (Linux, `proc(5)`). */
export interface ProcessEntry {
  readonly pid: number;
  readonly name: string;
  /** One letter: `Z` is a zombie, dead and not yet reaped. */
  readonly state: string;
  readonly group: number;
  /** Processor time it has used since it began, in ms; NaN where the line does not tell. */
  readonly cpuMs: number;
}

/**
 * Every process of this machine, or null where there is no `/proc` to read.
 * @param table where the process table is mounted
 */
export function listProcesses(table = '/proc'): readonly ProcessEntry[] | null {
  if (process.platform !== 'linux') return null;
  const entries: ProcessEntry[] = [];
  for (const name of namesIn(table)) {
    const stat = /^\d+$/.test(name) ? readStat(`${table}/${name}/stat`) : null;
    if (stat !== null) entries.push(parseStat(Number(name), stat));
  }
  // We are in it ourselves: an empty table is none.
  return entries.length === 0 ? null : entries;
}

/** Reads the text of `/proc/PID/stat`. */
export function parseStat(pid: number, stat: string): ProcessEntry {
  // The name stands in parentheses and may hold any character, also a closing parenthesis.
  const close = stat.lastIndexOf(')');
  const fields = stat.slice(close + 2).split(' ');
  const [state = '', , group = ''] = fields;
  const cpuMs = (Number(fields[USER_TIME]) + Number(fields[SYSTEM_TIME])) * TICK_MS;
  return { pid, name: stat.slice(stat.indexOf('(') + 1, close), state, group: Number(group), cpuMs };
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

/** Places of `utime` and `stime` after the name. Linux counts both in hundredths of a second, whatever the machine. */
const USER_TIME = 11;
const SYSTEM_TIME = 12;
const TICK_MS = 10;

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readStat(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null; // it ended between the listing and the reading
  }
}
