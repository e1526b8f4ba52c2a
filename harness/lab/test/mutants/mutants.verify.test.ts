import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { allMutants } from '../../src/mutants/all-mutants.ts';
import type { Fate } from '../../src/mutants/judge.ts';
import { mutantsPage } from '../../src/mutants/report/page.ts';

const COMMAND = fileURLToPath(new URL('../../mutants.mjs', import.meta.url));

test('what became of every mutant is told in docs/mutants.md', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mutants-'));
  try {
    const json = join(folder, 'mutants.json');
    await judge(json);
    const judged: readonly { readonly name: string; readonly fate: Fate }[] = JSON.parse(await readFile(json, 'utf8'));
    const fates = new Map(judged.map(({ name, fate }) => [name, fate]));
    const verdicts = allMutants().flatMap((mutant) => {
      const fate = fates.get(mutant.name);
      return fate === undefined ? [] : [{ mutant, fate }];
    });
    await expect(mutantsPage(verdicts)).toMatchFileSnapshot('../../../../docs/mutants.md');
  } finally {
    await rm(folder, { recursive: true });
  }
});

/** By threads of their own, built: an exit code of 1 says that one is alive, which the page tells. */
function judge(json: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = execFile(process.execPath, [COMMAND, '--json', json], (error) => {
      if (error === null || error.code === 1) resolve();
      else reject(error);
    });
    child.stderr?.pipe(process.stderr);
  });
}
