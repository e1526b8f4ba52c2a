import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { processRules } from '../../../src/properties/process/index.ts';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));

it('every rule of a process is shown to hold and to break', () => {
  const tests = readdirSync(FOLDER).map((name) => readFileSync(`${FOLDER}${name}`, 'utf8'));
  const missing = processRules(true).filter(({ id }) => !tests.some((text) => text.includes(`'${id}'`)));
  expect(missing.map(({ id }) => id)).toEqual([]);
});

it('no two rules share an id or a title', () => {
  const rules = processRules(true);
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  expect(new Set(rules.map(({ title }) => title)).size).toBe(rules.length);
});
