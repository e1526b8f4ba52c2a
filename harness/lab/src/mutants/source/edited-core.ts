import { realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileFunction } from 'node:vm';
import type { CoreUnderTest } from '@mcp-lifeline/explore/core-under-test';
import { build, type Plugin } from 'esbuild';
import { applyEdit, type Edit } from './edit.js';

/** The core's sources: found alike from `src` and from `dist`. */
export const CORE = realpathSync(fileURLToPath(new URL('../../../../../packages/core/src', import.meta.url)));

/**
 * The core built from its sources, with one text in one file replaced.
 *
 * @param file its path from the core's `src`; null for the sources as they are.
 * @throws {Error} unless the text stands there exactly once, or when what comes of it cannot be built or loaded.
 */
export async function editedCore(
  file: string | null,
  edit: Pick<Edit, 'find' | 'replace'> | null,
): Promise<CoreUnderTest> {
  const { outputFiles } = await build({
    stdin: { contents: ENTRY, resolveDir: CORE, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    target: 'es2023',
    logLevel: 'silent',
    plugins: file === null || edit === null ? [] : [replacing(join(CORE, file), edit)],
  });
  const [script] = outputFiles;
  if (script === undefined) throw new Error('esbuild wrote no bundle');
  const module: { exports: { core?: CoreUnderTest } } = { exports: {} };
  // In this context, so that what it makes is of the same classes as ours.
  compileFunction(script.text, ['module', 'exports'])(module, module.exports);
  const { core } = module.exports;
  if (core === undefined) throw new Error('the bundle holds no core');
  return core;
}

/** Every name of a `CoreUnderTest`, from where it stands in the sources. */
const ENTRY = `
  import { abstract, restore, save } from './session/saving.js';
  import { open, peer, phase, step } from './session/step.js';
  import * as process from './process/step.js';
  export const core = {
    open, step, save, restore, abstract, phase, peer,
    openProcess: process.openProcess,
    restoreProcess: process.restore,
    stepProcess: process.step,
    saveProcess: process.save,
    abstractProcess: process.abstract,
    phaseOfProcess: process.phase,
    isOver: process.isOver,
  };
`;

function replacing(path: string, edit: Pick<Edit, 'find' | 'replace'>): Plugin {
  return {
    name: 'replace',
    setup: (building) => {
      let isDone = false;
      building.onLoad({ filter: /\.ts$/ }, async (file) => {
        if (file.path !== path) return null;
        isDone = true;
        return { contents: applyEdit(await readFile(path, 'utf8'), edit), loader: 'ts' };
      });
      building.onEnd(({ errors }) => {
        if (errors.length === 0 && !isDone) throw new Error(`${path} is no part of the core`);
      });
    },
  };
}
