import { accessSync, constants, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UsageError } from './usage-error.js';

/** A file that will be written once, whole or not at all. */
export interface OutputFile {
  readonly path: string;
  /** @throws Error of the file system */
  write(text: string): void;
}

/**
 * Makes sure, before any work is done, that a file can be written.
 * @param option what asked for it, for the message
 * @throws UsageError when it cannot
 */
export function openOutputFile(path: string, option: string): OutputFile {
  try {
    const { target, isSpecial } = resolveTarget(path);
    if (isSpecial) accessSync(target, constants.W_OK);
    else probeFolder(dirname(target));
    return { path, write: (text) => (isSpecial ? writeFileSync(target, text) : writeWhole(target, text)) };
  } catch (error) {
    throw new UsageError(`${option}: ${path} cannot be written: ${reasonOf(error)}`);
  }
}

/** Writes a file beside its place and then moves it there: a reader sees all of it or none. */
export function writeWhole(path: string, text: string): void {
  const draft = draftOf(path);
  try {
    writeFileSync(draft, text);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** Makes sure that files can be made in a folder. @throws Error of the file system */
export function probeFolder(folder: string): void {
  const probe = draftOf(join(folder, 'probe'));
  writeFileSync(probe, '');
  rmSync(probe);
}

/** Why the file system refused, in words. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT':
      return 'its folder does not exist';
    case 'EACCES':
    case 'EPERM':
      return 'it is not allowed';
    case 'EISDIR':
      return 'it is a folder';
    case 'EEXIST':
    case 'ENOTDIR':
      return 'a part of its path is a file';
    case 'EROFS':
      return 'the file system is read-only';
    default:
      return code ?? message;
  }
}

/** A link stays a link, and a device or a pipe is written to as it is: moving a file over it would destroy it. */
function resolveTarget(path: string): { readonly target: string; readonly isSpecial: boolean } {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return { target: path, isSpecial: false };
  if (stats.isDirectory()) throw Object.assign(new Error('is a folder'), { code: 'EISDIR' });
  if (!stats.isFile()) return { target: path, isSpecial: true };
  accessSync(path, constants.W_OK);
  return { target: realpathSync(path), isSpecial: false };
}

function draftOf(path: string): string {
  return join(dirname(path), `.${basename(path).slice(0, 100)}.${process.pid}.part`);
}
