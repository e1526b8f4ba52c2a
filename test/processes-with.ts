import { readdirSync, readFileSync } from 'node:fs';

/**
 * The command lines of the processes with this variable (`NAME=value`) in their environment; none where that cannot be read. A
 * zombie has none.
 */
export function processesWith(variable: string): readonly string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const has = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(variable);
        return has ? [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')] : [];
      } catch {
        return []; // it ended, or belongs to somebody else
      }
    });
}
