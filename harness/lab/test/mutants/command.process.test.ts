import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';

const COMMAND = fileURLToPath(new URL('../../mutants.mjs', import.meta.url));
const run = promisify(execFile);

describe('the command', () => {
  test('judges in threads those that were chosen, and tells what became of each', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mcp-lifeline-mutants-'));
    try {
      const json = join(folder, 'all.json');
      const only = ['process: killing on close: dropped', 'process: running on kill'].join();
      const { stdout } = await run(process.execPath, [COMMAND, '--only', only, '--json', json]);
      const judged = JSON.parse(await readFile(json, 'utf8'));
      expect(judged[0]).toMatchObject({ name: 'process: running on kill: dropped', fate: { kind: 'killed' } });
      expect(judged.at(-1)).toMatchObject({ name: 'process: killing on close: dropped', fate: { kind: 'equivalent' } });
      expect(stdout).toContain(`${judged.length} mutants: `);
      expect(stdout).toContain('1 equivalent');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('prints its help, and judges nothing', async () => {
    const { stdout } = await run(process.execPath, [COMMAND, '--help']);
    expect(stdout).toContain('usage: pnpm mutants');
  });

  test.each([
    ['an option that there is not', ['--all'], /all/],
    ['nothing to judge', ['--only', 'nobody'], /no mutant has a name that begins so: nobody/],
    ['no thread', ['--jobs', '0'], /--jobs takes a positive number/],
    ['a page of some of them', ['--write', '--only', 'client'], /--write takes all mutants/],
  ])('exits 2 when it is misused: %s', async (_, args, complaint) => {
    await expect(run(process.execPath, [COMMAND, ...args])).rejects.toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(complaint),
    });
  });
});
