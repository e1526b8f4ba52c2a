import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../src/command-line.ts';

const GUIDE = readFileSync(new URL('../../../docs/recordings.md', import.meta.url), 'utf8');

describe('the guide to recordings', () => {
  it.each(['judge', 'import'])('names every option of %s', (command) => {
    const help = parseCommandLine([command, '--help']);
    const options = help.kind === 'text' ? [...help.text.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)] : [];
    const names = options.map(([, name = '']) => name).filter((name) => name !== '--help');
    expect(names.length).toBeGreaterThan(5);
    expect(names.filter((name) => !GUIDE.includes(`\`${name}`))).toEqual([]);
  });
});
