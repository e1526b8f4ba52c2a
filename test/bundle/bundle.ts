import { build } from 'esbuild';
import { root } from '../workspace-files.ts';

/** The global under which a bundle's exports are found. */
export const BUNDLE = 'bundle';

/**
 * One classic script that holds a module and all that it reaches, and needs nothing but the language.
 *
 * @param source the text of a module, TypeScript too; specifiers are resolved from the root of the workspace.
 * @throws {Error} for an import that leads nowhere, as those of `node:*` do here.
 */
export async function bundle(source: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: root, loader: 'ts' },
    absWorkingDir: root,
    bundle: true,
    write: false,
    format: 'iife',
    globalName: BUNDLE,
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['module', 'browser'],
    target: 'es2023',
    // In a page a classic script has no charset of its own.
    charset: 'ascii',
    logLevel: 'silent',
  });
  const [script] = outputFiles;
  if (script === undefined) throw new Error('esbuild wrote no bundle');
  return script.text;
}
