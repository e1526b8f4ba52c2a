import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ours } from '@mcp-lifeline/explore/core-under-test';
import { TIMED } from '@mcp-lifeline/explore/timed';
import { transform } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { applyEdit } from '../../src/mutants/source/edit.ts';
import { CORE, editedCore } from '../../src/mutants/source/edited-core.ts';
import { EDITED_FILES } from '../../src/mutants/source/edits/all.ts';

describe('a core whose sources were edited', () => {
  test('is like ours where nothing was edited, and has every function of it', async () => {
    const core = await editedCore(null, null);
    expect(Object.keys(core).sort()).toEqual(Object.keys(ours).sort());
    for (const { judge } of TIMED) expect(judge(core)).toBeNull();
  });

  test('has the edit', async () => {
    const core = await editedCore('session/step.ts', { find: 'SIGINT: 130', replace: 'SIGINT: 7' });
    const [judged] = TIMED.filter(({ id }) => id === 'clean-up.deadline').map(({ judge }) => judge(core));
    expect(judged).toContain('exit 130');
  });

  test.each([
    ['is not there', 'no such text'],
    ['stands there more than once', 'turn'],
  ])('cannot be made where the text %s', async (_, find) => {
    await expect(editedCore('session/step.ts', { find, replace: '' })).rejects.toThrow(/stands there \d+ times/);
  });

  test('cannot be made of a file that is no part of it', async () => {
    await expect(editedCore('no/such/file.ts', { find: 'x', replace: '' })).rejects.toThrow('is no part of the core');
  });

  test('cannot be made where it does not compile', async () => {
    const edit = { find: 'export function phase', replace: 'export function (' };
    await expect(editedCore('session/step.ts', edit)).rejects.toThrow();
  });
});

describe('the edits', () => {
  test.each(EDITED_FILES)('of $file apply, compile, and have names of their own', async ({ file, edits }) => {
    const source = await readFile(join(CORE, file), 'utf8');
    for (const edit of edits) {
      await expect(transform(applyEdit(source, edit), { loader: 'ts' }), edit.name).resolves.toBeDefined();
      expect(edit.find).not.toBe(edit.replace);
      expect(edit.breaks).toMatch(/^[a-z].*[^.]$/);
    }
    expect(new Set(edits.map(({ name }) => name)).size).toBe(edits.length);
  });
});
