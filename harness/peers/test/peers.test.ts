import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { PEERS } from '../src/peers.js';

const folder = fileURLToPath(new URL('..', import.meta.url));

interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly optional?: boolean;
}

const read = (path: string) => JSON.parse(readFileSync(`${folder}/${path}`, 'utf8'));

function locked(name: string): Map<string, LockedPackage> {
  const { packages } = read(`${name}/package-lock.json`);
  return new Map(Object.entries<LockedPackage>(packages).filter(([path]) => path !== ''));
}

describe('the list of peers', () => {
  it('names every folder that pins a server, and no other', () => {
    const folders = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && readdirSync(`${folder}/${entry.name}`).includes('package-lock.json'))
      .map((entry) => entry.name);
    expect(folders.sort()).toEqual(PEERS.map((peer) => peer.name).sort());
  });

  it.each(PEERS)('gives $name the version that its folder pins', (peer) => {
    expect(read(`${peer.name}/package.json`).dependencies).toEqual({ [peer.package]: peer.version, ...peer.beside });
    for (const [name, version] of Object.entries({ [peer.package]: peer.version, ...peer.beside })) {
      expect(locked(peer.name).get(`node_modules/${name}`)?.version).toBe(version);
    }
  });

  it.each(PEERS)('has a lockfile for $name that names the public registry and a checksum for every package', (peer) => {
    for (const [path, entry] of locked(peer.name)) {
      // The native parts for platforms other than the one it was locked on carry a version alone.
      if (entry.optional === true && entry.resolved === undefined) continue;
      expect(entry.resolved, path).toMatch(/^https:\/\/registry\.npmjs\.org\//);
      expect(entry.integrity, path).toMatch(/^sha512-/);
    }
  });

  it.each(PEERS.filter((peer) => peer.platforms !== undefined))(
    'locks the native part of $name for each platform',
    (peer) => {
      const packages = Object.values(peer.platforms ?? {}).map((file) => `node_modules/${file.split('/')[0]}`);
      expect([...locked(peer.name).keys()]).toEqual(expect.arrayContaining(packages));
    },
  );

  it('runs the same server on both versions of release line 1 of the SDK', () => {
    const source = (name: string) => readFileSync(`${folder}/${name}/server.mjs`, 'utf8');
    expect(source('sdk-1.32.2')).toBe(source('sdk-1.24.3'));
  });

  it('gives only dummy keys', () => {
    for (const value of PEERS.flatMap((peer) => Object.values(peer.env))) expect(value).toMatch(/dummy/);
  });
});
