import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { METHODS } from '../../src/method.ts';

const root = new URL('../../../../', import.meta.url);
const generator: { methodOutputs(methods: unknown): Map<string, string> } = await import(
  new URL('scripts/generate/methods.mjs', root).href
);
const page = generator.methodOutputs(METHODS).get('docs/methods.md');

test('docs/methods.md is current (else build, then run node scripts/generate.mjs)', () => {
  expect(readFileSync(new URL('docs/methods.md', root), 'utf8')).toBe(page);
});

test('docs/methods.md has a row for every method', () => {
  for (const { method } of METHODS) expect(page).toContain(`| \`${method}\` `);
});
