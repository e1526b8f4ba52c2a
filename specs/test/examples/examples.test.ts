import { readdirSync, readFileSync } from 'node:fs';
import { traceEventSchema } from '@mcp-lifeline/trace/schema';
import { describe, expect, it } from 'vitest';
import { INVARIANTS, judge } from '../../index.js';
import { readExample } from './notation.js';

const FOLDER = new URL('../../examples/', import.meta.url);
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.md') && name !== 'README.md');

describe.each(files)('%s', (file) => {
  const examples = examplesIn(readFileSync(new URL(file, FOLDER), 'utf8'));

  it('holds examples', () => {
    expect(examples.length).toBeGreaterThan(0);
  });

  it.each(examples.map((example) => [example.title, example] as const))('%s', (_, { trace, verdicts }) => {
    const events = readExample(trace);
    for (const event of events) traceEventSchema.parse(event);
    expect(verdicts).not.toEqual([]);
    for (const { id, found, words } of verdicts) {
      const invariant = INVARIANTS.find((one) => one.id === id);
      if (invariant === undefined) throw new Error(`no invariant is called ${id}`);
      const finding = judge(invariant, events);
      expect({ id, found: finding.found }, JSON.stringify(finding)).toEqual({ id, found });
      expect(wordsOf(finding)).toContain(words);
      expect(JSON.parse(JSON.stringify(foldOnJson(invariant, events)))).toEqual(finding);
    }
  });
});

describe('the examples together', () => {
  const verdicts = files
    .flatMap((file) => examplesIn(readFileSync(new URL(file, FOLDER), 'utf8')))
    .flatMap((example) => example.verdicts);

  it.each(INVARIANTS.map(({ id }) => id))('show %s held, or left open, and broken', (id) => {
    const found = new Set(verdicts.filter((verdict) => verdict.id === id).map((verdict) => verdict.found));
    const isNote = INVARIANTS.find((one) => one.id === id)?.level('2025-11-25') === 'NOTE';
    expect(found.has('held') || found.has('open')).toBe(true);
    expect(isNote || found.has('broken')).toBe(true);
    expect(found.has('nothing')).toBe(true);
  });
});

interface Example {
  readonly title: string;
  readonly trace: string;
  readonly verdicts: readonly { readonly id: string; readonly found: string; readonly words: string }[];
}

function examplesIn(markdown: string): readonly Example[] {
  return markdown
    .split(/^## /m)
    .slice(1)
    .map((section) => ({
      title: section.split('\n')[0] ?? '',
      trace: fence(section, 'trace'),
      verdicts: fence(section, 'verdict')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => {
          const [, id = '', found = '', words = ''] = /^([\w.-]+): (\w+)(?: (.*))?$/.exec(line) ?? [];
          return { id, found, words };
        }),
    }));
}

function fence(section: string, kind: string): string {
  const body = new RegExp(`^\`\`\`${kind}\\n([\\s\\S]*?)^\`\`\``, 'm').exec(section)?.[1];
  if (body === undefined) throw new Error(`no ${kind} block in: ${section.split('\n')[0]}`);
  return body;
}

function wordsOf(finding: ReturnType<typeof judge>): string {
  if (finding.found === 'nothing') return `${finding.lacking}: ${finding.why}`;
  return finding.found === 'open' ? `${finding.ambiguity}: ${finding.observed}` : finding.observed;
}

/** The same fold with the state sent through JSON text at every step: it must not be felt. */
function foldOnJson(invariant: (typeof INVARIANTS)[number], events: ReturnType<typeof readExample>): unknown {
  let state = invariant.initial;
  for (const event of events) state = JSON.parse(JSON.stringify(invariant.see(state, event)));
  const last = events.at(-1);
  return invariant.verdict(state, last?.plane === 'note' && last.kind === 'end' ? last.why : 'cut');
}
