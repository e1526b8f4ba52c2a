// Writes every generated file, or, with --check, names those that are stale and exits 1.
// A generator is a file in scripts/generate/ that exports `generator`: { name, outputs(): Map<path, text> }, its paths
// relative to the root. It reads what `tsc -b` built, so build first.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = new URL('..', import.meta.url);
const generatorsDir = new URL('generate/', import.meta.url);

async function loadGenerators() {
  const files = (await readdir(generatorsDir)).filter((file) => file.endsWith('.mjs')).sort();
  const modules = await Promise.all(files.map((file) => import(new URL(file, generatorsDir))));
  return modules.flatMap(({ generator }) => generator ?? []);
}

async function readIfThere(url) {
  return await readFile(url, 'utf8').catch(() => null);
}

const check = process.argv.includes('--check');
const stale = [];
for (const generator of await loadGenerators()) {
  for (const [path, text] of await generator.outputs()) {
    const file = new URL(path, root);
    if ((await readIfThere(file)) === text) continue;
    stale.push(`${path} (${generator.name})`);
    if (check) continue;
    await mkdir(dirname(fileURLToPath(file)), { recursive: true });
    await writeFile(file, text);
  }
}

const where = relative(process.cwd(), fileURLToPath(import.meta.url));
for (const path of stale) console.log(check ? `stale: ${path}` : `wrote ${path}`);
if (check && stale.length > 0) {
  console.error(`Build, run \`node ${where}\` and commit what it writes.`);
  process.exitCode = 1;
}
