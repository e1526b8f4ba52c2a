import { CHECKS } from '@mcp-lifeline/check';
import { CLIENT_INVARIANTS, type Clause, exclusion } from '@mcp-lifeline/specs';

/** A clause, and what becomes of it. */
export interface Standing {
  readonly clause: Clause;
  /** The checks that judge it in a server, by their ids; invariants over the trace of a server are among them. */
  readonly checks: readonly string[];
  /** The invariants that judge it in the trace of a client, by their ids. */
  readonly ofClients: readonly string[];
  /** Why nothing does, where that is written down. */
  readonly reason: string | undefined;
}

/** A row of the ledger, as it is written for programs. Members may be added; none changes its meaning. */
export interface LedgerEntry {
  readonly id: string;
  readonly revision: string;
  readonly page: string;
  readonly level: string;
  readonly role: string;
  /** The ids of the checks and invariants that judge it. */
  readonly judgedBy: readonly string[];
  /** Why nothing does. */
  readonly excluded?: string;
}

/** What judges a clause, or why nothing does. */
export function standing(clause: Clause): Standing {
  const { id, revision } = clause;
  const isCited = (judge: Pick<(typeof CLIENT_INVARIANTS)[number], 'level' | 'clauses'>): boolean =>
    judge.level(revision) !== null && judge.clauses(revision).includes(id);
  return {
    clause,
    checks: CHECKS.filter(isCited).map((check) => check.id),
    ofClients: CLIENT_INVARIANTS.filter(isCited).map((invariant) => invariant.id),
    reason: exclusion(clause),
  };
}

/** Whether anything judges it. */
export function isJudged({ checks, ofClients }: Standing): boolean {
  return checks.length > 0 || ofClients.length > 0;
}

/** The same as a row of the ledger. */
export function entryOf({ clause, checks, ofClients, reason }: Standing): LedgerEntry {
  const { id, revision, page, level, role } = clause;
  const excluded = reason === undefined ? {} : { excluded: reason };
  return { id, revision, page, level, role, judgedBy: [...checks, ...ofClients], ...excluded };
}
