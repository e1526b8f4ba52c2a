import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { sessionRules } from '../../../src/properties/session/index.ts';
import { CLIENT, SERVER, WATCHING } from '../played.ts';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));

it('every rule of a session is shown to hold and to break', () => {
  const tests = readdirSync(FOLDER).map((name) => readFileSync(`${FOLDER}${name}`, 'utf8'));
  const missing = allRules().filter(({ id }) => !tests.some((text) => text.includes(`'${id}'`)));
  expect(missing.map(({ id }) => id)).toEqual([]);
});

it('no two rules share an id or a title', () => {
  const rules = allRules();
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  expect(new Set(rules.map(({ title }) => title)).size).toBe(rules.length);
});

function allRules() {
  const rules = [CLIENT, SERVER].flatMap((config) => [
    ...sessionRules(config, true),
    ...sessionRules({ ...config, ...WATCHING }, true),
  ]);
  return [...new Map(rules.map((rule) => [rule.id, rule])).values()];
}
