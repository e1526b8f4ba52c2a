// Where the programs that the scripts start are found, so that no shell and no PATH is needed, on Windows either.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the checkout. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

const readManifest = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** The exact version of pnpm that the workspace is installed with: `packageManager` in package.json. */
function pnpmVersion() {
  return readManifest(join(root, 'package.json')).packageManager.replace(/^pnpm@/, '');
}

/** pnpm: the one on `PATH` if it is exactly the pinned version, else the pinned one, which npm fetches once and keeps. */
export function pnpm() {
  const version = pnpmVersion();
  if (process.platform !== 'win32' && versionOnPath() === version) return ['pnpm'];
  return [...npm(), 'exec', '--yes', '--prefer-offline', `--package=pnpm@${version}`, '--', 'pnpm'];
}

function versionOnPath() {
  try {
    // Outside the checkout: within it, some versions of pnpm replace themselves by the one that package.json names.
    return execFileSync('pnpm', ['--version'], {
      cwd: '/',
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined;
  }
}

/** npm: the one that runs us, else the one that came with this Node, else whatever `PATH` has. */
function npm() {
  const bin = dirname(process.execPath);
  const running = process.env.npm_execpath;
  const scripts = ['../lib/node_modules', 'node_modules'].map((folder) => join(bin, folder, 'npm/bin/npm-cli.js'));
  if (running?.endsWith('npm-cli.js')) scripts.unshift(running);
  const script = scripts.find((path) => existsSync(path));
  return script === undefined ? ['npm'] : [process.execPath, script];
}

/** A tool of the workspace by the name of its package, run by this Node: needs no pnpm once it is installed. */
export function tool(packageName, bin = packageName) {
  const folder = join(root, 'node_modules', packageName);
  const { bin: bins } = readManifest(join(folder, 'package.json'));
  return [process.execPath, join(folder, typeof bins === 'string' ? bins : bins[bin])];
}
