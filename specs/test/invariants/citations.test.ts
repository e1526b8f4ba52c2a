import { describe, expect, it } from 'vitest';
import { CLIENT_INVARIANTS, clause, INVARIANTS, REVISIONS } from '../../index.js';

const JUDGES = [...INVARIANTS, ...CLIENT_INVARIANTS];
const rows = JUDGES.flatMap((invariant) => REVISIONS.map((revision) => ({ invariant, revision })));

describe('what an invariant cites', () => {
  it.each(rows.map((row) => [`${row.invariant.id} in ${row.revision}`, row] as const))('%s exists', (_, row) => {
    const level = row.invariant.level(row.revision);
    if (level === null) return;
    const cited = row.invariant.clauses(row.revision);
    for (const id of cited) expect(clause(id), id).toBeDefined();
    // Only what no clause demands may cite nothing.
    expect(cited.length > 0 || level === 'ROBUST' || level === 'NOTE').toBe(true);
  });

  it('belongs to the revision of the row, and to a clause as strong as the level', () => {
    for (const { invariant, revision } of rows) {
      const level = invariant.level(revision);
      const strengths = invariant.clauses(revision).map((id) => {
        expect(id.startsWith(`${revision}/`)).toBe(true);
        return clause(id)?.level.replace(' NOT', '');
      });
      if (level === 'MUST' || level === 'SHOULD') expect(strengths, `${invariant.id} in ${revision}`).toContain(level);
    }
  });

  it('has a published id of its own', () => {
    expect(new Set(JUDGES.map(({ id }) => id)).size).toBe(JUDGES.length);
  });
});
