import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CheckInvocation } from '../invocation.js';
import { type OutputFile, openOutputFile, reasonOf } from '../output-file.js';
import { UsageError } from '../usage-error.js';

/** The files that a check writes when it is over; null for those that nobody asked for. */
export interface OutputFiles {
  readonly json: OutputFile | null;
  readonly junit: OutputFile | null;
  /** The failures of this run, as a file of known ones. */
  readonly known: OutputFile | null;
}

/**
 * Makes sure, before any work is done, that each of them can be written.
 * @throws UsageError when one cannot, or when two are the same
 */
export function openOutputFiles(
  { json, junit, writeExpect }: Pick<CheckInvocation, 'json' | 'junit' | 'writeExpect'>,
  cwd: string,
): OutputFiles {
  const taken = new Map<string, string>();
  const open = (option: string, file: string | null): OutputFile | null => {
    if (file === null || file === '-') return null;
    const path = resolve(cwd, file);
    const other = taken.get(path);
    if (other !== undefined && isPlain(path)) throw new UsageError(`${other} and ${option} cannot both write ${file}`);
    taken.set(path, option);
    return openOutputFile(path, option);
  };
  return {
    json: open('--json', json),
    junit: open('--junit', junit),
    known: open('--write-expect', writeExpect),
  };
}

/** Writes a file; what went wrong is given back. */
export function attempt(file: OutputFile, text: string): readonly string[] {
  try {
    file.write(text);
    return [];
  } catch (error) {
    return [`${file.path} cannot be written: ${reasonOf(error)}`];
  }
}

/** A device or a pipe takes whatever is written to it. */
function isPlain(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() !== false;
}
