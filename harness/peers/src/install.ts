import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheRoot } from './cache-root.js';
import { type NpmOptions, npmCi } from './npm.js';
import { PEERS, type Peer, type PeerName } from './peers.js';

/** A partial installation older than this was left behind by a process that was killed. */
const ABANDONED_MS = 3_600_000;

/** The folders of the peers lie beside `src` and beside `dist`. */
const PEER_FOLDERS = fileURLToPath(new URL('..', import.meta.url));

/** A server that is ready to be started. */
export interface InstalledPeer {
  /** This Node, the server's entry file, its arguments. */
  readonly command: string[];
  /** Variables to add to those of the caller. */
  readonly env: Record<string, string>;
  /** The folder in the cache that holds its `node_modules`. */
  readonly directory: string;
}

/** What {@link installPeer} may be told. */
export interface InstallOptions extends NpmOptions {
  /** Called with one line of text when something slow begins. */
  readonly onProgress?: (line: string) => void;
  /** The folder of the cache; {@link cacheRoot} by default. */
  readonly cache?: string;
}

/**
 * Installs a published server into the cache, exactly as its lockfile says, or finds it there.
 *
 * The folder appears in one rename, so it is complete whenever it exists, and any number of processes may install at once.
 *
 * @throws Error saying what to do, when there is no such peer, this platform cannot run it, or npm fails.
 *
 * @example
 * ```ts
 * const { command, env } = await installPeer('server-everything');
 * spawn(command[0], command.slice(1), { env: { ...process.env, ...env } });
 * ```
 */
export async function installPeer(name: PeerName, options: InstallOptions = {}): Promise<InstalledPeer> {
  const peer: Peer | undefined = PEERS.find((candidate) => candidate.name === name);
  if (peer === undefined) {
    throw new Error(`no such peer: ${name}; there are: ${PEERS.map((known) => known.name).join(', ')}`);
  }
  refuseOtherPlatforms(peer);
  const source = join(PEER_FOLDERS, name);
  const directory = join(options.cache ?? cacheRoot(), 'peers', `${name}-${await fingerprint(source)}`);
  if (!existsSync(directory)) {
    options.onProgress?.(`installing ${peer.package}@${peer.version} into ${directory} ...`);
    await install(peer, source, directory, options);
  }
  const placed = (args: readonly string[] = []) => args.map((arg) => arg.replace('{directory}', directory));
  return {
    command: [process.execPath, ...placed(peer.nodeArgs), await entryFile(peer, directory), ...placed(peer.args)],
    env: { ...peer.env },
    directory,
  };
}

function refuseOtherPlatforms({ name, platforms }: Peer): void {
  const here = `${process.platform}-${process.arch}`;
  if (platforms === undefined || here in platforms) return;
  throw new Error(`unsupported on ${here}: ${name} is pinned for ${Object.keys(platforms).join(', ')} only`);
}

/** The files that are copied into the cache and decide its name: never what an `npm install` by hand left in the folder. */
async function pinnedFiles(source: string): Promise<string[]> {
  const entries = await readdir(source, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .sort();
}

async function fingerprint(source: string): Promise<string> {
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}\n`);
  for (const file of await pinnedFiles(source)) hash.update(`${file}\n`).update(await readFile(join(source, file)));
  return hash.digest('hex').slice(0, 12);
}

async function install(peer: Peer, source: string, directory: string, options: InstallOptions): Promise<void> {
  await mkdir(dirname(directory), { recursive: true });
  await removeAbandoned(directory);
  const partial = await mkdtemp(`${directory}.partial-${process.pid}-`);
  try {
    for (const file of await pinnedFiles(source)) await copyFile(join(source, file), join(partial, file));
    await npmCi(partial, options);
    await entryFile(peer, partial);
    await rename(partial, directory);
  } catch (cause) {
    await rm(partial, { recursive: true, force: true });
    // Another process got there first: its folder is as good as ours.
    if (existsSync(directory)) return;
    options.signal?.throwIfAborted();
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `could not install ${peer.package}@${peer.version}. It needs the npm registry once: check the connection (npm ping), ` +
        `or set MCP_LIFELINE_CACHE to a cache that holds it, and try again.\n${said}`,
      { cause },
    );
  }
}

async function removeAbandoned(directory: string): Promise<void> {
  const parent = dirname(directory);
  for (const entry of await readdir(parent)) {
    if (!entry.startsWith(`${basename(directory)}.partial-`)) continue;
    const path = join(parent, entry);
    // It may vanish meanwhile: its owner may be finishing.
    const seen = await stat(path).catch(() => undefined);
    if (seen && Date.now() - seen.mtimeMs > ABANDONED_MS) await rm(path, { recursive: true, force: true });
  }
}

/** The file that Node runs directly, so that no wrapper stands between us and the server: ours, or what the package's `bin` names. */
async function entryFile(peer: Peer, directory: string): Promise<string> {
  const modules = join(directory, 'node_modules');
  const folder = join(modules, peer.package);
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const entry = peer.entry === undefined ? join(folder, firstBin(peer, manifest)) : join(directory, peer.entry);
  const native = peer.platforms?.[`${process.platform}-${process.arch}`];
  for (const path of [entry, ...(native === undefined ? [] : [join(modules, native)])]) {
    if (!existsSync(path)) throw new Error(`${peer.package}@${peer.version} was installed without ${path}`);
  }
  return entry;
}

function firstBin(peer: Peer, { bin }: { readonly bin?: unknown }): string {
  const first: unknown = typeof bin === 'object' && bin !== null ? Object.values(bin)[0] : bin;
  if (typeof first !== 'string') throw new Error(`${peer.package}@${peer.version} names no bin in its package.json`);
  return first;
}
