import { describe, expect, it } from 'vitest';
import { ambiguitiesOf, ambiguity } from '../../clauses/ambiguities.js';
import { clause } from '../../clauses/catalogue.js';
import { REVISIONS } from '../../clauses/revision.js';
import { generator } from './sources.js';

const { documents, ambiguities } = await generator.readSources();

describe('the ambiguities', () => {
  it('are found by their ids', () => {
    for (const entry of ambiguities) expect(ambiguity(entry.id)).toEqual(entry);
    expect(ambiguity('no-such-point')).toBeUndefined();
  });

  it('are as many in each revision as were found open there', () => {
    const counts = REVISIONS.map((revision) => [revision, ambiguitiesOf(revision).length]);
    expect(Object.fromEntries(counts)).toEqual({
      '2024-11-05': 23,
      '2025-03-26': 23,
      '2025-06-18': 23,
      '2025-11-25': 23,
    });
  });

  it('cite pages that their revisions have', () => {
    for (const entry of ambiguities) {
      const pages = documents
        .filter((document) => entry.revisions.some((revision) => revision === document.revision))
        .map((document) => Object.keys(document.pages));
      for (const page of entry.pages)
        expect([entry.id, pages.flat()]).toEqual([entry.id, expect.arrayContaining([page])]);
      for (const ofOne of pages)
        expect([entry.id, ofOne.some((page) => entry.pages.includes(page))]).toEqual([entry.id, true]);
    }
  });

  it('name only clauses that every one of their revisions has', () => {
    for (const { id, revisions, because } of ambiguities) {
      for (const [name] of because.matchAll(
        /\b(?:lifecycle|transports|messages|ping|cancellation|progress)\/[a-z-]+/g,
      )) {
        for (const revision of revisions) expect([id, clause(`${revision}/${name}`)?.name]).toEqual([id, name]);
      }
    }
  });
});
