import { pathToFileURL } from 'node:url';
import { stop } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { playLives } from '../packages/core/test/lives.ts';
import { findChromium, launchChromium } from './browser/chromium.ts';
import { BUNDLE } from './bundle/bundle.ts';
import { BROWSER_ROOMS, builtEntries } from './bundle/entries.ts';
import { bundledLives } from './bundle/lives-bundle.ts';
import { importing, type Reader, reachOf } from './bundle/reach.ts';

afterAll(() => stop());

describe('the packages that must run in a browser', () => {
  it.each(BROWSER_ROOMS)('can be loaded: %s', (room) => {
    expect(builtEntries(room)).not.toEqual([]);
  });

  const readers: readonly Reader[] = ['node', 'bundler'];
  it.each(BROWSER_ROOMS.flatMap((room) => readers.map((reader) => [room, reader] as const)))(
    'reach nothing of Node: %s, as taken by a %s',
    async (room, reader) => {
      const { owners, builtins } = await reachOf(importing(builtEntries(room).map(({ file }) => file)), reader);
      expect(owners).toContain(room);
      expect(builtins).toEqual([]);
    },
  );

  it('would be seen to reach it, as adapter-stdio does', async () => {
    const { builtins } = await reachOf("import './packages/adapter-stdio/src/group.ts';", 'bundler');
    expect(builtins).toContainEqual({ by: 'packages/adapter-stdio/src/group.ts', to: expect.stringMatching(/^node:/) });
  });
});

describe('in Chromium', () => {
  let browser: Browser | undefined;
  let page: Promise<Page> | undefined;
  const wanted: string[] = [];
  const thrown: string[] = [];
  afterAll(() => browser?.close());

  it('every entry point of those packages loads, and exports what it exports in Node', async () => {
    const exported = await call('listExports');
    const inNode = await Promise.all(
      builtEntries(...BROWSER_ROOMS).map(async ({ room, subpath, file }) => {
        const module: object = await import(pathToFileURL(file).href);
        return [`${room} ${subpath}`, Object.keys(module).sort()] as const;
      }),
    );
    expect(exported).toEqual(Object.fromEntries(inNode));
    expect(thrown).toEqual([]);
  });

  it('the lives of the core have the very same effects as in Node', async () => {
    const sessionCore = await import('../packages/core/src/index.ts');
    const processCore = await import('../packages/core/src/process/index.ts');
    const saving = await import('../packages/core/src/saving.ts');
    const here = JSON.parse(
      JSON.stringify(playLives({ '.': sessionCore, './process': processCore, './saving': saving })),
    );
    expect(await call('playLives')).toEqual(here);
  });

  it('nothing is fetched for it', async () => {
    await call('playLives');
    expect(wanted).toEqual([]);
  });

  /** In each test, so that each fails with the reason where there is no browser. */
  async function call(exported: string): Promise<unknown> {
    page ??= openPage();
    return JSON.parse(await (await page).evaluate(`JSON.stringify(${BUNDLE}.${exported}())`));
  }

  async function openPage(): Promise<Page> {
    const others = BROWSER_ROOMS.filter((room) => room !== 'packages/core');
    browser = await launchChromium();
    const opened = await (await browser.newContext({ offline: true })).newPage();
    opened.on('request', (request) => wanted.push(request.url()));
    opened.on('pageerror', (error) => thrown.push(String(error)));
    await opened.addScriptTag({ content: await bundledLives(...others) });
    return opened;
  }
});

describe('the search for a browser', () => {
  it('takes the one that is named, or says that it is not there', () => {
    expect(findChromium(process.execPath, [])).toBe(process.execPath);
    expect(() => findChromium('/nowhere/chromium', [process.execPath])).toThrow(
      '/nowhere/chromium, which is not there',
    );
  });

  it('says what to do where there is none', () => {
    expect(() => findChromium('', ['/nowhere/chromium'])).toThrow('run .ci/setup as root');
  });
});
