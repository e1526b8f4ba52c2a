import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BIN, cli, peer } from './spawn-cli.ts';

/** As soon as the program is up, and not before: how long that takes is the machine's affair. */
const THROWS_WHERE_NOBODY_LISTENS = `
  const look = setInterval(() => {
    if (process.listenerCount('uncaughtException') === 0) return;
    clearInterval(look);
    throw new Error('no clock');
  }, 10);`;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mcp-lifeline-bin-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the program', () => {
  it('can be executed', () => {
    expect(execFileSync(BIN, ['--version'], { encoding: 'utf8' })).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('says how to build it where it is not built', () => {
    cpSync(BIN, join(folder, 'bin/mcp-lifeline.mjs'));
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'bin/mcp-lifeline.mjs'), '--help'], {
      encoding: 'utf8',
    });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^mcp-lifeline is not built yet: run `npm start`.*\n$/);
  });

  it.each(['18.20.0', '20.18.9', '9.0.0'])('refuses Node %s in one line', (version) => {
    const pretend = `data:text/javascript,Object.defineProperty(process.versions,'node',{value:'${version}'})`;
    const { status, stderr } = spawnSync(process.execPath, ['--import', pretend, BIN, '--help'], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: `mcp-lifeline needs Node 20.19 or newer; this is ${version}\n`,
    });
  });

  it.each([
    ['that it waits for', "performance.now = () => { throw new Error('no clock'); };"],
    ['that nobody waits for', THROWS_WHERE_NOBODY_LISTENS],
  ])('tells a fault of its own %s in one line', async (_, source) => {
    const broken = `--import=data:text/javascript,${encodeURIComponent(source)}`;
    const { code, stdout, stderr } = await cli(['check', '--', ...peer('programs/silent')], { NODE_OPTIONS: broken });
    expect({ code, stdout, stderr }).toEqual({
      code: 4,
      stdout: '',
      stderr: 'mcp-lifeline: internal error: no clock; please report this\n',
    });
  });
});
