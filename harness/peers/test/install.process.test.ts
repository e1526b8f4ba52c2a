import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type InstallOptions, installPeer, type PeerName } from '../src/index.js';

let cache: string;
let runs: string;

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'mcp-lifeline-peers-'));
  runs = join(cache, 'runs');
});

afterEach(() => rmSync(cache, { recursive: true, force: true }));

describe('installing a peer', () => {
  it('gives the command that runs its own entry file with this Node', async () => {
    const installed = await installPeer('server-everything', working());
    const entry = join(installed.directory, 'node_modules/@modelcontextprotocol/server-everything/dist/index.js');
    expect(installed.command).toEqual([process.execPath, entry, 'stdio']);
    expect(existsSync(entry)).toBe(true);
  });

  it('brings along the other files of its folder, and says where they are', async () => {
    const { command, directory } = await installPeer('stripe-mcp', working());
    expect(command.slice(1, 3)).toEqual(['--require', join(directory, 'no-network.cjs')]);
    expect(existsSync(join(directory, 'no-network.cjs'))).toBe(true);
  });

  it('runs the server in its folder where the package is none itself', async () => {
    const { command, directory } = await installPeer('fastmcp', working());
    expect(command).toEqual([process.execPath, join(directory, 'server.mjs')]);
    expect(existsSync(join(directory, 'server.mjs'))).toBe(true);
  });

  it('runs npm once, without install scripts', async () => {
    const first = await installPeer('server-everything', working());
    const second = await installPeer('server-everything', working());
    expect(second).toEqual(first);
    expect(npmRuns()).toHaveLength(1);
    expect(npmRuns()[0]).toContain('ci --ignore-scripts');
  });

  it('says that it installs, and says nothing when there is nothing to do', async () => {
    const lines: string[] = [];
    const onProgress = (line: string) => lines.push(line);
    await installPeer('server-everything', { ...working(), onProgress });
    await installPeer('server-everything', { ...working(), onProgress });
    expect(lines).toEqual([
      expect.stringMatching(/^installing @modelcontextprotocol\/server-everything@2026\.8\.31 into /),
    ]);
  });

  it('lets two install at once', async () => {
    const [one, other] = await Promise.all([
      installPeer('server-everything', working()),
      installPeer('server-everything', working()),
    ]);
    expect(other).toEqual(one);
    expect(inCache()).toEqual([expect.not.stringContaining('partial')]);
  });

  it('removes what it began when npm fails, and says what npm said and what to do', async () => {
    const failing = { cache, npm: fakeNpm(`console.error('npm error code ENOTFOUND'); process.exit(1);`) };
    await expect(installPeer('server-everything', failing)).rejects.toThrow(
      /could not install .*check the connection[\s\S]*exited 1[\s\S]*ENOTFOUND/,
    );
    expect(inCache()).toEqual([]);
  });

  it('keeps nothing that lacks its entry file', async () => {
    await expect(installPeer('server-everything', { cache, npm: fakeNpm('') })).rejects.toThrow(/could not install/);
    expect(inCache()).toEqual([]);
  });

  it('stops an npm that does not end', async () => {
    const stuck = { cache, npm: fakeNpm('setInterval(() => {}, 1000);'), timeoutMs: 500 };
    await expect(installPeer('server-everything', stuck)).rejects.toThrow(/was stopped by SIGKILL \(limit 500 ms\)/);
  });

  it('stops npm and removes what it began when it is told to stop', async () => {
    const told = new AbortController();
    const ready = `fs.writeFileSync(${JSON.stringify(join(cache, 'ready'))}, ''); setInterval(() => {}, 1000);`;
    const installing = installPeer('server-everything', { cache, npm: fakeNpm(ready), signal: told.signal });
    const outcome = expect(installing).rejects.toThrow(/^enough$/);
    await expect.poll(() => existsSync(join(cache, 'ready')), { timeout: 20_000 }).toBe(true);
    told.abort(new Error('enough'));
    await outcome;
    expect(inCache()).toEqual([]);
  });

  it('removes what a killed process left an hour ago, and leaves alone what another is doing now', async () => {
    const { directory } = await installPeer('server-everything', working());
    rmSync(directory, { recursive: true });
    const [old, fresh] = [`${directory}.partial-1-old`, `${directory}.partial-2-new`];
    mkdirSync(old);
    mkdirSync(fresh);
    const twoHoursAgo = new Date(Date.now() - 7_200_000);
    utimesSync(old, twoHoursAgo, twoHoursAgo);
    await installPeer('server-everything', working());
    expect([existsSync(old), existsSync(fresh)]).toEqual([false, true]);
  });

  it('refuses a name that is not on the list', async () => {
    await expect(installPeer('server-nothing' as PeerName, working())).rejects.toThrow(
      /no such peer: server-nothing; there are: server-everything,/,
    );
  });
});

/** An npm that installs the package that the folder pins, as an empty file. */
function working(): InstallOptions {
  const script = `
    const { dependencies } = JSON.parse(fs.readFileSync('package.json', 'utf8'));
    for (const name of Object.keys(dependencies)) {
      fs.mkdirSync('node_modules/' + name + '/dist', { recursive: true });
      fs.writeFileSync('node_modules/' + name + '/package.json', JSON.stringify({ bin: { x: 'dist/index.js' } }));
      fs.writeFileSync('node_modules/' + name + '/dist/index.js', '');
    }`;
  return { cache, npm: fakeNpm(script) };
}

function fakeNpm(script: string): [string, string] {
  const file = join(cache, 'npm.mjs');
  const note = `fs.appendFileSync(${JSON.stringify(runs)}, process.argv.slice(2).join(' ') + '\\n');`;
  writeFileSync(file, `import fs from 'node:fs';\n${note}\n${script}\n`);
  return [process.execPath, file];
}

function npmRuns(): string[] {
  return readFileSync(runs, 'utf8').trim().split('\n');
}

function inCache(): string[] {
  return readdirSync(join(cache, 'peers'));
}
