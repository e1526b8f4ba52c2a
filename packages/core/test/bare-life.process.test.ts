import { stop } from 'esbuild';
import { afterAll, describe, expect, test } from 'vitest';
import { FORBIDDEN, runBare } from '../../../test/bundle/bare-context.ts';
import { bundle } from '../../../test/bundle/bundle.ts';
import { builtEntries } from '../../../test/bundle/entries.ts';
import { bundledLives } from '../../../test/bundle/lives-bundle.ts';
import * as sessionCore from '../src/index.ts';
import * as processCore from '../src/process/index.ts';
import * as saving from '../src/saving.ts';
import { playLives } from './lives.ts';

afterAll(() => stop());

describe('what is built, bundled and run where the world throws', () => {
  test('lives like the sources do here', async () => {
    const here = JSON.parse(
      JSON.stringify(playLives({ '.': sessionCore, './process': processCore, './saving': saving })),
    );
    expect(JSON.stringify(here)).toContain('"phase":"abandoned"');
    expect(runBare(await bundledLives(), 'playLives')).toEqual(here);
  });

  test('has every entry point of core in it', async () => {
    const subpaths = builtEntries('packages/core').map(({ subpath }) => subpath);
    expect(subpaths).toContain('./process');
    expect(runBare(await bundledLives(), 'listEntries')).toEqual(subpaths.map((subpath) => `packages/core ${subpath}`));
  });
});

describe('the bare context', () => {
  test.each(FORBIDDEN)('stops a life that calls %s', async (path) => {
    const script = await bundle(`export const live = () => { ${path}('now'); return 'lived'; };`);
    expect(() => runBare(script, 'live')).toThrow(`reached for ${path}`);
  });

  test.each(['new Date()', 'new Promise(() => {})', 'Math.random()'])(
    'stops a bundle whose loading does %s',
    async (code) => {
      const script = await bundle(`export const loaded = ${code}; export const live = () => 'lived';`);
      expect(() => runBare(script, 'live')).toThrow('reached for');
    },
  );

  test.each(['process.pid', 'module.exports', 'new Function("return 1")()'])('has no %s', async (code) => {
    const script = await bundle(`export const live = () => ${code};`);
    expect(() => runBare(script, 'live')).toThrow(/is not defined|Code generation from strings disallowed/);
  });

  test('lets what is pure live', async () => {
    expect(runBare(await bundle(`export const live = () => Math.max(1, 2);`), 'live')).toBe(2);
  });
});
