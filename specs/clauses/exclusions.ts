import type { Clause } from './catalogue.js';
import { EXCLUSIONS } from './exclusions.generated.js';
import type { ClauseName } from './generated.js';
import type { Revision } from './revision.js';

/** Clauses that nothing judges, for one reason. */
export interface Exclusion {
  readonly ids: readonly ClauseName[];
  /** The revisions in which it is so; every one that has the clause when left out. */
  readonly revisions?: readonly Revision[];
  /** Why nothing can or does judge them, as one sentence. */
  readonly reason: string;
}

/** Why nothing judges a clause, or undefined where no reason is given. */
export function exclusion({ name, revision }: Clause): string | undefined {
  return EXCLUSIONS.find(({ ids, revisions }) => ids.includes(name) && revisions?.includes(revision) !== false)?.reason;
}
