import { posix } from 'node:path';
import { COMPUTED, importsOf } from './imports.ts';
import { OUTERMOST, ROOMS, type Room } from './rooms.ts';

/** What stands where a room does not allow it. */
export interface Violation {
  readonly file: string;
  /** The specifier or the dependency. */
  readonly to: string;
  readonly why: string;
}

const byDepth = [...ROOMS].sort((a, b) => b.folder.length - a.folder.length);
const roomOf = (path: string): Room | undefined => byDepth.find(({ folder }) => path.startsWith(`${folder}/`));
const packageOf = (specifier: string): string => specifier.match(/^(?:@[^/]+\/)?[^/]+/)?.[0] ?? specifier;
const roomNamed = (specifier: string): Room | undefined => ROOMS.find(({ name }) => name === packageOf(specifier));

/**
 * Holds a set of files against the allowed edges.
 *
 * @param files the text of each source file, test and package.json, by its path from the root of the workspace
 * @returns one entry for each import and each dependency that no row allows
 */
export function edgeViolations(files: ReadonlyMap<string, string>): Violation[] {
  return [...files].flatMap(([file, text]) => {
    const room = roomOf(file);
    if (room === undefined) return [];
    const path = file.slice(room.folder.length + 1);
    if (path === 'package.json') return manifestViolations(room, file, text);
    if (!/\.[mc]?[jt]s$/.test(path)) return [];
    const whyNot = path.startsWith('test/') ? whyNotInTest : whyNotInSource;
    return importsOf(text).flatMap((to) => {
      const why = whyNot(room, file, to);
      return why === undefined ? [] : [{ file, to, why }];
    });
  });
}

function whyNotInSource(room: Room, file: string, to: string): string | undefined {
  if (to.startsWith('.'))
    return staysInRoom(room, file, to) ? undefined : 'a relative import may not leave its package';
  if (packageOf(to) === room.name) return 'a package imports itself by relative paths';
  const path = file.slice(room.folder.length + 1);
  const own = Object.entries(room.importsOf ?? {}).flatMap(([of, imports]) =>
    of === path || (of.endsWith('/') && path.startsWith(of)) ? imports : [],
  );
  const allowed = [...room.imports, ...own];
  if (to === COMPUTED) return allowed.includes(to) ? undefined : 'an import must name what it imports';
  if (to.startsWith('node:')) return allowed.includes('node:*') ? undefined : 'this package must run without Node';
  return allowed.includes(to) || allowed.includes('*') ? undefined : 'no such edge';
}

function whyNotInTest(room: Room, file: string, to: string): string | undefined {
  const target = to.startsWith('.') ? roomOf(posix.join(posix.dirname(file), to)) : roomNamed(to);
  if (target === undefined || target === room) return undefined;
  if (target.folder === OUTERMOST) return 'nothing imports the command line';
  const avoided = room.testsAvoid?.some((part) =>
    part.endsWith('/') ? target.folder.startsWith(part) : target.folder === part,
  );
  return avoided ? 'the judge does not know the accused, in its tests neither' : undefined;
}

function staysInRoom(room: Room, file: string, to: string): boolean {
  return roomOf(posix.join(posix.dirname(file), to)) === room;
}

/** Dependencies of any kind that is installed with the package; and those for development that a test may not import. */
function manifestViolations(room: Room, file: string, text: string): Violation[] {
  const manifest = JSON.parse(text);
  const allowed = [...room.imports, ...Object.values(room.importsOf ?? {}).flat()].map(packageOf);
  const installed = ['dependencies', 'peerDependencies', 'optionalDependencies'].flatMap((kind) =>
    Object.keys(manifest[kind] ?? {}),
  );
  const wrong = installed
    .filter((name) => !allowed.includes(name) && !allowed.includes('*'))
    .map((to) => ({ file, to, why: 'a dependency without an edge' }));
  const forTests = Object.keys(manifest.devDependencies ?? {}).flatMap((to) => {
    const why = whyNotInTest(room, `${room.folder}/test/any.test.ts`, to);
    return why === undefined ? [] : [{ file, to, why }];
  });
  const misnamed =
    manifest.name === room.name ? [] : [{ file, to: String(manifest.name), why: `must be named ${room.name}` }];
  return [...misnamed, ...wrong, ...forTests];
}
