import { isBuiltin } from 'node:module';
import { build, type Plugin } from 'esbuild';
import { root } from '../workspace-files.ts';

/** Which of a package's variants is taken: the one that Node loads, or the one that a bundler puts into a page. */
export type Reader = 'node' | 'bundler';

/** Everything that a module loads, and what those load, to the end. */
export interface Reach {
  /** The owners of the modules: a folder of the workspace such as `packages/core`, or the name of an installed package. */
  readonly owners: readonly string[];
  /** Each import of a built-in module of Node, by a path or a name that says who has it. */
  readonly builtins: readonly { readonly by: string; readonly to: string }[];
}

/**
 * Follows the imports of a module through all that is built or installed, and runs nothing.
 *
 * @param source the text of a module; relative and bare specifiers are resolved from the root of the workspace.
 * @throws {Error} for an import that leads nowhere.
 */
export async function reachOf(source: string, reader: Reader): Promise<Reach> {
  const { metafile } = await build({
    stdin: { contents: source, resolveDir: root, sourcefile: START },
    absWorkingDir: root,
    bundle: true,
    write: false,
    metafile: true,
    // What nobody uses is still loaded where no bundler is.
    treeShaking: false,
    ignoreAnnotations: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: reader === 'node' ? ['main'] : ['module', 'main'],
    conditions: reader === 'node' ? ['node'] : ['module', 'browser'],
    plugins: [builtinsAreExternal],
    logLevel: 'silent',
  });
  const modules = Object.entries(metafile.inputs);
  return {
    owners: [...new Set(modules.filter(([path]) => path !== START).map(([path]) => ownerOf(path)))].sort(),
    builtins: modules.flatMap(([by, { imports }]) =>
      imports.filter(({ path, external }) => external === true && isBuiltin(path)).map(({ path: to }) => ({ by, to })),
    ),
  };
}

/** A module that imports all of these, for `reachOf`. */
export function importing(files: readonly string[]): string {
  return files.map((file) => `import ${JSON.stringify(file)};`).join('\n');
}

const START = '(start)';

/** Before any lookup: a package may stand in node_modules under the name of a module that Node has. */
const builtinsAreExternal: Plugin = {
  name: 'builtins are external',
  setup({ onResolve }) {
    onResolve({ filter: /^[\w:/-]+$/ }, ({ path }) => (isBuiltin(path) ? { path, external: true } : undefined));
  },
};

function ownerOf(path: string): string {
  const [, installed] = path.match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)\//) ?? [];
  return installed ?? path.replace(/\/(dist|src|test)\/.*$/, '');
}
