import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readText, root } from './workspace-files.ts';

const run = promisify(execFile);

describe('the client and the server of the README', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'mcp-lifeline-readme-'));
    mkdirSync(join(folder, 'node_modules/@mcp-lifeline'), { recursive: true });
    symlinkSync(join(root, 'packages/node'), join(folder, 'node_modules/@mcp-lifeline/node'));
    const [client = '', server = ''] = programsIn(readText('README.md'));
    writeFileSync(join(folder, 'client.mjs'), client);
    writeFileSync(join(folder, 'server.mjs'), server);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('run as they are printed: progress, the result, and an exit with nothing left behind', async () => {
    const { stdout, stderr } = await run(process.execPath, ['client.mjs'], { cwd: folder, timeout: 60_000 });
    expect(stdout.trim().split('\n')).toEqual([
      'my-server 2025-11-25',
      ...['1/5', '2/5', '3/5', '4/5', '5/5'],
      "[ { type: 'text', text: 'done' } ]",
    ]);
    expect(stderr).toBe('');
  });

  it('fit in twenty lines and a few', () => {
    const lengths = programsIn(readText('README.md')).map((program) => program.trimEnd().split('\n').length);
    expect(lengths).toHaveLength(2);
    for (const length of lengths) expect(length).toBeLessThanOrEqual(24);
  });
});

function programsIn(text: string): readonly string[] {
  return [...text.matchAll(/```js\n([\s\S]*?)```/g)].map(([, program = '']) => program);
}
