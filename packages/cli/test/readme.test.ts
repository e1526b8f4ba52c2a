import { readFileSync } from 'node:fs';
import { CHECKS } from '@mcp-lifeline/check';
import { REVISIONS } from '@mcp-lifeline/specs';
import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../src/command-line.ts';

const README = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');

describe('the README', () => {
  it('names exactly the checks that there are, in their order, with their levels', () => {
    const rows = [...section('What is checked').matchAll(/^\| `([a-z.0-9-]+)` +\| (.*?) +\|/gm)];
    expect(rows.map(([, id, level]) => `${id}: ${level}`)).toEqual(CHECKS.map((one) => `${one.id}: ${levelText(one)}`));
  });

  it('names exactly the families that there are', () => {
    const named = [...section('What is checked').matchAll(/^\| \*\*([a-z]+)\*\* /gm)].map(([, family]) => family);
    expect(named).toEqual([...new Set(CHECKS.map(({ id }) => id.split('.')[0]))]);
  });

  it('names every option', () => {
    const help = parseCommandLine(['check', '--help']);
    const options = help.kind === 'text' ? [...help.text.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, name]) => name) : [];
    expect(options.length).toBeGreaterThan(10);
    const told = section('Options');
    expect(options.filter((name) => name !== '--help' && !told.includes(`\`${name}`))).toEqual([]);
  });
});

function section(title: string): string {
  return README.split(/^## /m).find((part) => part.startsWith(`${title}\n`)) ?? '';
}

/** Such as `MUST`, `SHOULD, MUST since 2025-06-18`, `MUST in 2025-03-26`. */
function levelText({ level, onlyByName }: (typeof CHECKS)[number]): string {
  const spans: { level: string | null; from: string; to: string }[] = [];
  for (const revision of REVISIONS) {
    const last = spans.at(-1);
    if (last !== undefined && last.level === level(revision)) last.to = revision;
    else spans.push({ level: level(revision), from: revision, to: revision });
  }
  const told = spans
    .filter((span) => span.level !== null)
    .map(({ level: own, from, to }) => {
      if (from === REVISIONS[0]) return own;
      if (to === REVISIONS.at(-1)) return `${own} since ${from}`;
      return from === to ? `${own} in ${from}` : `${own} from ${from} to ${to}`;
    });
  return `${told.join(', ')}${onlyByName === true ? ', by name only' : ''}`;
}
