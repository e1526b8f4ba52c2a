import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { importsOf } from './edges/imports.ts';
import { listFiles, packageFolders, readText, root } from './workspace-files.ts';

const files = listFiles();
const manifests = ['', ...packageFolders().map((folder) => `${folder}/`)].map((folder) => `${folder}package.json`);
const readManifest = (path: string) => JSON.parse(readText(path));

describe('the test projects', () => {
  /** What vitest itself finds, in the folders below the root, by project. */
  const found: { file: string; projectName: string }[] = JSON.parse(
    execFileSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'list', '--filesOnly', '--json'], {
      cwd: root,
      encoding: 'utf8',
      timeout: 60_000,
    }),
  );
  const foundFiles = found.map(({ file }) => file.slice(root.length + 1).replaceAll('\\', '/'));

  it('pick up every test file, each once', () => {
    const onDisk = files.filter((path) => path.endsWith('.test.ts'));
    expect(foundFiles.toSorted()).toEqual(onDisk.toSorted());
  });

  it.each(packageFolders())('pick up the tests of %s', (folder) => {
    const has = files.some((path) => path.startsWith(`${folder}/test/`));
    if (has) expect(foundFiles.some((path) => path.startsWith(`${folder}/test/`))).toBe(true);
  });

  it('put each file where its name says', () => {
    for (const { file, projectName } of found) {
      const [, kind = 'unit'] = file.match(/\.(process|published|verify)\.test\.ts$/) ?? [];
      expect(projectName, file).toBe(kind);
    }
  });
});

describe('the sources', () => {
  const sources = files.filter((path) => /\.[mc]?[jt]s$/.test(path));

  it('stop at 400 lines, machines and generated files apart', () => {
    const exempt = /(^|\/)(machine|generated)\.ts$|\.generated\.ts$/;
    const long = sources
      .filter((path) => !exempt.test(path))
      .map((path) => ({ path, lines: readText(path).trimEnd().split('\n').length }))
      .filter(({ lines }) => lines > 400);
    expect(long).toEqual([]);
  });

  it('are named after what they hold', () => {
    expect(sources.filter((path) => /(^|\/)(utils?|common|helpers?)(\.|\/)/.test(path))).toEqual([]);
  });

  it('of the judge import nothing of Node', () => {
    const judge = sources.filter((path) => path.startsWith('specs/') && !path.includes('/test/'));
    expect(judge.length).toBeGreaterThan(0);
    const importing = judge.filter((path) => importsOf(readText(path)).some((to) => to.startsWith('node:')));
    expect(importing).toEqual([]);
  });
});

describe('the packages', () => {
  it.each(manifests)('%s is licensed, typed as a module and bound to a version of Node', (path) => {
    expect(readManifest(path)).toMatchObject({
      license: 'MIT',
      type: 'module',
      engines: { node: readManifest('package.json').engines.node },
    });
  });

  it.each(manifests)('%s takes every version from the catalog or the workspace', (path) => {
    const { dependencies, devDependencies } = readManifest(path);
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      expect(version, name).toMatch(/^(catalog:|workspace:\*)$/);
    }
  });

  it('are pinned exactly by the catalog', () => {
    const [, catalog = ''] = readText('pnpm-workspace.yaml').match(/^catalog:\n((?: +.*\n)+)/m) ?? [];
    const versions = [...catalog.matchAll(/^ +["']?([^"':\s]+)["']?: *["']?([^"'\s]+)/gm)].map(([, name, version]) => ({
      name,
      version,
    }));
    expect(versions.length).toBeGreaterThan(5);
    expect(versions.filter(({ version = '' }) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });
});
