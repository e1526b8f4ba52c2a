import { existsSync, readFileSync } from 'node:fs';
import { CLIENT_DEFAULTS, SERVER_DEFAULTS } from '@mcp-lifeline/core';
import { PROCESS_DEFAULTS } from '@mcp-lifeline/core/process';
import { expect, it } from 'vitest';
import * as properties from '../../src/properties/index.ts';

const root = new URL('../../../../', import.meta.url);
const generator: { propertyOutputs(properties: unknown, core: unknown): Map<string, string> } = await import(
  new URL('scripts/generate/properties.mjs', root).href
);
const core = { CLIENT_DEFAULTS, SERVER_DEFAULTS, PROCESS_DEFAULTS };
const page = generator.propertyOutputs(properties, core).get('docs/properties.md') ?? '';

it('docs/properties.md is current (else build, then run node scripts/generate.mjs)', () => {
  expect(readFileSync(new URL('docs/properties.md', root), 'utf8')).toBe(page);
});

it('every page that docs/properties.md names is there', () => {
  const links = [...page.matchAll(/\]\(([^)]+)\)/g)].map((match) => match[1] ?? '');
  expect(links.length).toBeGreaterThan(50);
  expect(links.filter((link) => !existsSync(new URL(`docs/${link}`, root)))).toEqual([]);
});
