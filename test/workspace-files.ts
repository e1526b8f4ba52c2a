import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The root of the checkout, without a slash at the end. */
export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

const NOT_OURS = new Set(['.git', 'node_modules', 'dist', 'coverage', 'reports']);

/** The paths of all files of the checkout that we wrote, from the root, with `/`; those that a build made left out. */
export function listFiles(folder = ''): string[] {
  return readdirSync(`${root}/${folder}`, { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : listFiles(path);
    return entry.isFile() ? [path] : [];
  });
}

/** The text of a file by its path from the root. */
export function readText(path: string): string {
  return readFileSync(`${root}/${path}`, 'utf8');
}

/** The folders of the packages of the workspace, from the root. */
export function packageFolders(): string[] {
  const [, list = ''] = readText('pnpm-workspace.yaml').match(/^packages:\n((?: +- .*\n)+)/m) ?? [];
  const patterns = [...list.matchAll(/- ["']?([^"'\s]+)/g)].map(([, pattern = '']) => pattern);
  const folders = listFiles()
    .filter((path) => path.endsWith('/package.json'))
    .map((path) => path.slice(0, -'/package.json'.length));
  return folders.filter((folder) => patterns.some((pattern) => matches(pattern, folder)));
}

/** Knows the one wildcard that pnpm-workspace.yaml uses: `folder/*`. */
function matches(pattern: string, folder: string): boolean {
  if (!pattern.endsWith('/*')) return pattern === folder;
  const parent = pattern.slice(0, -1);
  return folder.startsWith(parent) && !folder.slice(parent.length).includes('/');
}
