import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readText, root } from '../workspace-files.ts';

/** One way into a package: what its package.json exports under one subpath. */
export interface Entry {
  /** The folder of the package, from the root. */
  readonly room: string;
  /** As package.json has it: `.` or `./process`. */
  readonly subpath: string;
  /** The built module, absolute. */
  readonly file: string;
}

/** The folders of the packages that must run in a browser as well: nothing that they reach may be Node's. */
export const BROWSER_ROOMS = [
  'specs/trace',
  'specs',
  'packages/core',
  'packages/driver',
  'packages/adapter-memory',
] as const satisfies readonly string[];

/**
 * Builds packages, which is quick when nothing changed, and gives all their entry points.
 *
 * @throws {Error} when one does not build, or exports a file that a build does not make.
 */
export function builtEntries(...rooms: readonly string[]): Entry[] {
  build(rooms);
  const entries = rooms.flatMap((room) => {
    const { exports = {} }: { exports?: Record<string, { default: string }> } = JSON.parse(
      readText(`${room}/package.json`),
    );
    return Object.entries(exports).map(([subpath, to]) => ({ room, subpath, file: `${root}/${room}/${to.default}` }));
  });
  const missing = entries.filter(({ file }) => !existsSync(file));
  if (missing.length > 0) throw new Error(`not built: ${missing.map(({ file }) => file).join(', ')}`);
  return entries;
}

/** Sources do not change while a test file runs. */
const upToDate = new Set<string>();

function build(rooms: readonly string[]): void {
  const stale = rooms.filter((room) => !upToDate.has(room));
  if (stale.length === 0) return;
  try {
    const tsc = ['node_modules/typescript/bin/tsc', '-b', ...stale];
    execFileSync(process.execPath, tsc, { cwd: root, encoding: 'utf8', stdio: 'pipe' });
    for (const room of stale) upToDate.add(room);
  } catch (error) {
    const { stdout = '' } = error as { readonly stdout?: string };
    throw new Error(`${stale.join(', ')}: no build\n${stdout}`, { cause: error });
  }
}
