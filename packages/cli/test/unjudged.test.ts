import { CHECKS } from '@mcp-lifeline/check';
import { clausesOf, exclusion, REVISIONS } from '@mcp-lifeline/specs';
import { describe, expect, it } from 'vitest';

describe.each(REVISIONS)('each clause of %s', (revision) => {
  const cited = new Set(
    CHECKS.filter((check) => check.level(revision) !== null).flatMap((check) => check.clauses(revision)),
  );
  const clauses = clausesOf(revision);

  it('is cited by a check, or is excluded with a reason', () => {
    const forgotten = clauses.filter((one) => !cited.has(one.id) && exclusion(one) === undefined);
    expect(forgotten.map(({ id }) => id)).toEqual([]);
  });

  it('is no longer excluded once a check cites it', () => {
    const stale = clauses.filter((one) => cited.has(one.id) && exclusion(one) !== undefined);
    expect(stale.map(({ id }) => id)).toEqual([]);
  });
});
