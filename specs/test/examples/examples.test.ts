import { traceEventSchema } from '@mcp-lifeline/trace/schema';
import { describe, expect, it } from 'vitest';
import { CLIENT_INVARIANTS, INVARIANTS, judge } from '../../index.js';
import { exampleFiles, readExamples } from './files.js';
import { readExample } from './notation.js';

/** What judges a server, and what judges a client. */
const JUDGES = [...INVARIANTS, ...CLIENT_INVARIANTS];

const files = exampleFiles();

describe.each(files)('%s', (file) => {
  const examples = readExamples(file);

  it('holds examples', () => {
    expect(examples.length).toBeGreaterThan(0);
  });

  it.each(examples.map((example) => [example.title, example] as const))('%s', (_, { trace, verdicts }) => {
    const events = readExample(trace);
    for (const event of events) traceEventSchema.parse(event);
    expect(verdicts).not.toEqual([]);
    for (const { id, found, words } of verdicts) {
      const invariant = JUDGES.find((one) => one.id === id);
      if (invariant === undefined) throw new Error(`no invariant is called ${id}`);
      const finding = judge(invariant, events);
      expect({ id, found: finding.found }, JSON.stringify(finding)).toEqual({ id, found });
      expect(wordsOf(finding)).toContain(words);
      expect(JSON.parse(JSON.stringify(foldOnJson(invariant, events)))).toEqual(finding);
    }
  });
});

describe('the examples together', () => {
  const verdicts = files.flatMap((file) => readExamples(file)).flatMap((example) => example.verdicts);

  it.each(JUDGES.map(({ id }) => id))('show %s held, or left open, and broken', (id) => {
    const found = new Set(verdicts.filter((verdict) => verdict.id === id).map((verdict) => verdict.found));
    const isNote = JUDGES.find((one) => one.id === id)?.level('2025-11-25') === 'NOTE';
    expect(found.has('held') || found.has('open')).toBe(true);
    expect(isNote || found.has('broken')).toBe(true);
    expect(found.has('nothing')).toBe(true);
  });
});

function wordsOf(finding: ReturnType<typeof judge>): string {
  if (finding.found === 'nothing') return `${finding.lacking}: ${finding.why}`;
  return finding.found === 'open' ? `${finding.ambiguity}: ${finding.observed}` : finding.observed;
}

/** The same fold with the state sent through JSON text at every step: it must not be felt. */
function foldOnJson(invariant: (typeof JUDGES)[number], events: ReturnType<typeof readExample>): unknown {
  let state = invariant.initial;
  for (const event of events) state = JSON.parse(JSON.stringify(invariant.see(state, event)));
  const last = events.at(-1);
  return invariant.verdict(state, last?.plane === 'note' && last.kind === 'end' ? last.why : 'cut');
}
