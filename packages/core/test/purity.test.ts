import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const src = new URL('../src/', import.meta.url);
const files = readdirSync(fileURLToPath(src), { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.ts'));
const textOf = (file: string): string => readFileSync(new URL(file, src), 'utf8');
const codeOf = (file: string): string => withoutComments(textOf(file));
const readOptions = (path: string): { extends?: string; compilerOptions: Record<string, unknown> } =>
  JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));

/** What turns a guard of purity off for a line, a file or an import. */
const GUARD_OFF = /biome-ignore|@ts-(ignore|expect-error|nocheck)|<reference\b/;

/** The words that make a promise without naming it, which neither the compiler nor the linter minds. */
const WAITS = /\b(async|await)\b|\bimport\s*\(/;

describe('the sources of the core', () => {
  test('are there to look at', () => expect(files.length).toBeGreaterThan(5));

  test.each(files)('%s imports nothing but its neighbours and xstate', (file) => {
    const imported = [...codeOf(file).matchAll(/(?:from|import)\s+'([^']+)'/g)].map((match) => match[1] ?? '');
    expect(imported.filter((name) => !name.startsWith('.') && name !== 'xstate')).toEqual([]);
  });

  test.each(files)('%s turns no guard off and waits for nothing', (file) => {
    expect(textOf(file)).not.toMatch(GUARD_OFF);
    expect(codeOf(file)).not.toMatch(WAITS);
  });

  test('know xstate in the machines and the stepper only', () => {
    const knowing = files.filter((file) => /from\s+'xstate'/.test(codeOf(file)));
    expect(knowing.filter((file) => !file.endsWith('/machine.ts')).sort()).toEqual([
      'machine-checks.ts',
      'pure-xstate.ts',
    ]);
  });

  test("know XState's own event and action names in the stepper only", () => {
    const knowing = files.filter((file) => /'xstate\./.test(codeOf(file))).sort();
    expect(knowing).toEqual(['machine-checks.ts', 'pure-xstate.ts']);
  });

  test('are compiled with the language alone: no DOM, no Node, no other types', () => {
    const own = readOptions('../tsconfig.json');
    expect(own).toMatchObject({ extends: '../../tsconfig.base.json', compilerOptions: { types: [] } });
    expect({ ...readOptions('../../../tsconfig.base.json').compilerOptions, ...own.compilerOptions }).toMatchObject({
      lib: ['es2023'],
      types: [],
    });
  });
});

describe('the scan of the sources', () => {
  test.each([
    ['// biome-ignore lint/style/noRestrictedGlobals: only once', GUARD_OFF],
    ['// @ts-expect-error no timers here', GUARD_OFF],
    ['/// <reference types="node" />', GUARD_OFF],
    ['/// <reference lib="dom" />', GUARD_OFF],
    ['const later = async () => 1;', WAITS],
    ["const fs = import('node:fs');", WAITS],
  ])('sees %s', (line, rule) => {
    expect(line).toMatch(rule);
  });
});

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}
