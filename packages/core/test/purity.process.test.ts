import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stop } from 'esbuild';
import { afterAll, describe, expect, test } from 'vitest';
import { builtEntries } from '../../../test/bundle/entries.ts';
import { importing, type Reader, reachOf } from '../../../test/bundle/reach.ts';
import { root } from '../../../test/workspace-files.ts';

const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  await stop();
});

/** An expression for each thing a core must not reach for, and none of them hidden. */
const BANNED_BY_THE_LINTER = [
  'Date.now()',
  'new Date()',
  'Math.random()',
  "Math['random']()",
  '(() => { const { random } = Math; return random; })()',
  'performance.now()',
  'crypto.randomUUID()',
  'new Promise(() => {})',
  'new Intl.DateTimeFormat()',
  "'a'.localeCompare('b')",
  '(1).toLocaleString()',
  'new WeakRef({})',
  'new FinalizationRegistry(() => {})',
  "new Function('return 1')",
  "eval('1')",
  "globalThis['setTimeout']",
  'console.log(1)',
];

const UNKNOWN_TO_THE_COMPILER = [
  'setTimeout(() => {}, 0)',
  'setInterval(() => {}, 0)',
  'setImmediate(() => {})',
  'queueMicrotask(() => {})',
  'fetch',
  'console.log(1)',
  'performance.now()',
  'crypto.randomUUID()',
  'process.pid',
  "require('fs')",
  "import('node:fs')",
  'Buffer',
  'window',
];

const PURE = ['Math.max(1, 2)', "new Map([['Date', 1]])", "Symbol('setTimeout')"];

describe('the linter', () => {
  const linted = new Map<string, string[]>();
  const lint = () => {
    if (linted.size === 0)
      for (const [code, found] of lintAll([...BANNED_BY_THE_LINTER, ...PURE])) linted.set(code, found);
    return linted;
  };

  test.each(BANNED_BY_THE_LINTER)('refuses %s in core', (code) => {
    expect(lint().get(code)).not.toEqual([]);
  });

  test.each(PURE)('lets core say %s', (code) => {
    expect(lint().get(code)).toEqual([]);
  });
});

describe('the compiler', () => {
  const compiled = new Map<string, string[]>();
  const compile = () => {
    if (compiled.size > 0) return compiled;
    for (const [code, found] of compileAll([...UNKNOWN_TO_THE_COMPILER, ...PURE])) compiled.set(code, found);
    return compiled;
  };

  test.each(UNKNOWN_TO_THE_COMPILER)('knows no %s in core', (code) => {
    expect(compile().get(code)).not.toEqual([]);
  });

  test.each(PURE)('knows %s in core', (code) => {
    expect(compile().get(code)).toEqual([]);
  });
});

describe.each<Reader>(['node', 'bundler'])('what the built core reaches, as taken by a %s', (reader) => {
  test('is its own, and xstate', async () => {
    const files = builtEntries('packages/core').map(({ file }) => file);
    expect(await reachOf(importing(files), reader)).toEqual({ owners: ['packages/core', 'xstate'], builtins: [] });
  });

  test.each([
    ["import 'node:fs';", { builtins: [{ to: 'node:fs' }] }],
    ["export { join } from 'path';", { builtins: [{ to: 'path' }] }],
    ["export const load = () => import('node:timers');", { builtins: [{ to: 'node:timers' }] }],
    ["export const load = () => require('timers');", { builtins: [{ to: 'timers' }] }],
    ["import 'yaml';", { owners: ['yaml'] }],
    ["import './packages/adapter-stdio/src/framing.ts';", { owners: ['packages/adapter-stdio'] }],
  ])('is seen to hold: %s', async (breach, found) => {
    expect(await reachOf(breach, reader)).toMatchObject(found);
  });

  test('is followed into what is installed', async () => {
    const { owners, builtins } = await reachOf("import 'esbuild';", reader);
    expect(owners).toEqual(['esbuild']);
    expect(builtins).toContainEqual({ by: expect.stringContaining('esbuild/lib/main.js'), to: 'child_process' });
  });

  test('must be there', async () => {
    await expect(reachOf("import './packages/core/nowhere.js';", reader)).rejects.toThrow('nowhere');
  });
});

/** The rules that each expression breaks, by the linter's configuration, as a file among the sources of core. */
function lintAll(codes: readonly string[]): Map<string, string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'mcp-lifeline-lint-'));
  folders.push(folder);
  const { vcs: _, ...config } = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'));
  writeFileSync(join(folder, 'biome.json'), JSON.stringify(config));
  writeSeeds(join(folder, 'packages/core/src'), codes);
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const { stdout } = spawnSync(
    process.execPath,
    [biome, 'lint', '--max-diagnostics=none', '--reporter=json', 'packages'],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  );
  const { diagnostics }: { diagnostics: { category: string; location: { path: string } }[] } = JSON.parse(stdout);
  const found = diagnostics.map(({ category, location }) => ({ path: location.path, what: category }));
  return bySeed(codes, found);
}

/** The compiler's complaints about each expression, with the options of core. */
function compileAll(codes: readonly string[]): Map<string, string[]> {
  const core = join(root, 'packages/core');
  // Below core, where the types of Node could be found if the options let them.
  const cache = join(core, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'purity-'));
  folders.push(folder);
  writeSeeds(folder, codes);
  const files = codes.map((_, index) => seedName(index));
  // The types of xstate are among them, as they are in core.
  const options = { rootDir: core, noEmit: true, composite: false, incremental: false, declaration: false };
  const config = {
    extends: join(core, 'tsconfig.json'),
    compilerOptions: { ...options, declarationMap: false },
    files,
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ ...config, include: [] }));
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', folder, '--pretty', 'false'], {
    cwd: folder,
    encoding: 'utf8',
  });
  const lines = stdout.split('\n').filter((line) => line.includes('error TS'));
  const found = lines.map((line) => ({ path: line.split('(')[0] ?? '', what: line }));
  return bySeed(codes, found);
}

const seedName = (index: number): string => `seed-${index}.ts`;

function writeSeeds(folder: string, codes: readonly string[]): void {
  mkdirSync(folder, { recursive: true });
  for (const [index, code] of codes.entries()) {
    writeFileSync(join(folder, seedName(index)), `import 'xstate';\n\nexport const seed: unknown = ${code};\n`);
  }
}

function bySeed(codes: readonly string[], found: readonly { path: string; what: string }[]): Map<string, string[]> {
  const strays = found.filter(({ path }) => !/seed-\d+\.ts$/.test(path));
  if (strays.length > 0) throw new Error(`not about a seed: ${strays.map(({ what }) => what).join('; ')}`);
  return new Map(
    codes.map((code, index) => [
      code,
      found
        .filter(({ path }) => path.endsWith(`/${seedName(index)}`) || path === seedName(index))
        .map(({ what }) => what),
    ]),
  );
}
