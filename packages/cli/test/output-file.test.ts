import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openOutputFile } from '../src/output-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mcp-lifeline-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('an output file', () => {
  it('is not there before it is written, and leaves nothing beside it', () => {
    const file = openOutputFile(join(folder, 'a.json'), '--json');
    expect(readdirSync(folder)).toEqual([]);
    file.write('all of it');
    expect(readdirSync(folder)).toEqual(['a.json']);
    expect(readFileSync(file.path, 'utf8')).toBe('all of it');
  });

  it('takes the place of an older one', () => {
    writeFileSync(join(folder, 'a.json'), 'old');
    openOutputFile(join(folder, 'a.json'), '--json').write('new');
    expect(readFileSync(join(folder, 'a.json'), 'utf8')).toBe('new');
  });

  it('leaves a link a link', () => {
    writeFileSync(join(folder, 'a.json'), 'old');
    symlinkSync(join(folder, 'a.json'), join(folder, 'link'));
    openOutputFile(join(folder, 'link'), '--json').write('new');
    expect(readFileSync(join(folder, 'a.json'), 'utf8')).toBe('new');
    expect(
      readdirSync(folder, { withFileTypes: true })
        .find(({ name }) => name === 'link')
        ?.isSymbolicLink(),
    ).toBe(true);
  });

  it.runIf(process.platform !== 'win32')('never moves a file over a device', () => {
    openOutputFile('/dev/null', '--json').write('nothing');
    expect(readFileSync('/dev/null', 'utf8')).toBe('');
    expect(() => rmSync('/dev/.null.part')).toThrow();
  });

  it.each([
    ['a folder that does not exist', 'no/a.json', 'its folder does not exist'],
    ['a folder', '.', 'it is a folder'],
    ['a file in the place of a folder', 'file/a.json', 'a part of its path is a file'],
  ])('is refused at once: %s', (_, path, why) => {
    writeFileSync(join(folder, 'file'), '');
    const full = join(folder, path);
    expect(() => openOutputFile(full, '--json')).toThrow(`--json: ${full} cannot be written: ${why}`);
  });
});
