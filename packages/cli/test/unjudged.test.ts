import { CHECKS } from '@mcp-lifeline/check';
import { CLIENT_INVARIANTS, clausesOf, exclusion, REVISIONS } from '@mcp-lifeline/specs';
import { describe, expect, it } from 'vitest';

describe.each(REVISIONS)('each clause of %s', (revision) => {
  const cited = new Set(
    [...CHECKS, ...CLIENT_INVARIANTS]
      .filter((judge) => judge.level(revision) !== null)
      .flatMap((judge) => judge.clauses(revision)),
  );
  const clauses = clausesOf(revision);

  it('is cited by a check of servers or an invariant over clients, or is excluded with a reason', () => {
    const forgotten = clauses.filter((one) => !cited.has(one.id) && exclusion(one) === undefined);
    expect(forgotten.map(({ id }) => id)).toEqual([]);
  });

  it('is no longer excluded once one of them cites it', () => {
    const stale = clauses.filter((one) => cited.has(one.id) && exclusion(one) !== undefined);
    expect(stale.map(({ id }) => id)).toEqual([]);
  });
});
