import { bundle } from './bundle.ts';
import { builtEntries } from './entries.ts';

const LIVES = './packages/core/test/lives.ts';

/**
 * A bundle of the built core, of other rooms beside it, and of the lives that core leads in its tests.
 *
 * It exports `playLives()`; `listEntries()`, each as `room subpath`; and `listExports()`, the names that each exports.
 */
export async function bundledLives(...others: readonly string[]): Promise<string> {
  const entries = builtEntries('packages/core', ...others);
  const core = entries.flatMap(({ room, subpath }, index) =>
    room === 'packages/core' ? [`${JSON.stringify(subpath)}: entry${index}`] : [],
  );
  const named = entries.map(({ room, subpath }, index) => `${JSON.stringify(`${room} ${subpath}`)}: entry${index}`);
  return await bundle(
    [
      ...entries.map(({ file }, index) => `import * as entry${index} from ${JSON.stringify(file)};`),
      `import { playLives as play } from ${JSON.stringify(LIVES)};`,
      `const all: Record<string, object> = { ${named.join(', ')} };`,
      `export const playLives = () => play({ ${core.join(', ')} });`,
      `export const listEntries = () => Object.keys(all);`,
      `export const listExports = () =>`,
      `  Object.fromEntries(Object.entries(all).map(([name, entry]) => [name, Object.keys(entry).sort()]));`,
    ].join('\n'),
  );
}
