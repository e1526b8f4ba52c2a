// From a fresh clone to something that runs: dependencies, then a build. Either is skipped or instant when nothing changed.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pnpm, root, tool } from './commands.mjs';
import { run } from './run.mjs';

/** Holds the fingerprint of what was installed last; it goes with node_modules. */
const STAMP = join(root, 'node_modules', '.mcp-lifeline-installed');

/**
 * Installs exactly what the lockfile says, when a manifest or the lockfile changed since the last time.
 *
 * @returns the exit code of the step, and whether we were told to stop
 */
export async function install() {
  const wanted = fingerprint();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return { code: 0, interrupted: false };
  const command = [...pnpm(), 'install', '--frozen-lockfile', '--config.confirmModulesPurge=false'];
  const result = await quietly('installing dependencies ...', command);
  if (result.code === 0) writeFileSync(STAMP, wanted);
  return result;
}

/** Builds the command line and everything it stands on, and what tests run as whole programs. */
export function build() {
  const command = [...tool('typescript', 'tsc'), '-b', 'packages/cli', 'harness/peers', 'harness/lab'];
  return quietly('building ...', command);
}

async function quietly(line, command) {
  process.stderr.write(`${line}\n`);
  const result = await run(command, { cwd: root, quiet: true });
  if (result.code !== 0 && !result.interrupted) {
    process.stderr.write(`${result.output.trimEnd()}\nfailed (exit ${result.code}): ${command.join(' ')}\n`);
  }
  return result;
}

function fingerprint() {
  const hash = createHash('sha256').update(`${process.version} ${process.platform} ${process.arch}\n`);
  const manifests = workspaceFolders().map((folder) => `${folder}/package.json`);
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', '.npmrc', 'package.json', ...manifests]) {
    hash.update(`${file}\n`).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

/** The folders of the workspace's packages: the globs in pnpm-workspace.yaml, of which only a trailing `/*` is used. */
function workspaceFolders() {
  const [, list = ''] =
    readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8').match(/^packages:\n((?: +- .*\n)+)/m) ?? [];
  const patterns = [...list.matchAll(/- ["']?([^"'\s]+)/g)].map(([, pattern]) => pattern);
  return patterns
    .flatMap((pattern) => {
      if (!pattern.endsWith('/*')) return [pattern];
      const parent = pattern.slice(0, -2);
      return readdirSync(join(root, parent)).map((name) => `${parent}/${name}`);
    })
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .sort();
}
