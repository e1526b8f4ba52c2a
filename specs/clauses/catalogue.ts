import { CLAUSES, type ClauseName } from './generated.js';
import type { Revision } from './revision.js';

/** How strongly a clause binds: the bold keyword of the text, as RFC 2119 means it. */
export type Keyword = 'MUST' | 'MUST NOT' | 'SHOULD' | 'SHOULD NOT' | 'MAY';

/**
 * Whom a clause binds. `sender` is the side that sends the request (or the notification, or the message) that the clause
 * is about, `receiver` the other one: an answer, and progress too, comes from the receiver of the request.
 */
export type Role = 'client' | 'server' | 'both' | 'sender' | 'receiver';

/** The full name of a clause: its revision and its name there, as in `2025-11-25/lifecycle/version-echo`. */
export type ClauseId = `${Revision}/${ClauseName}`;

/** One normative statement of one revision of the specification, in our words. */
export interface Clause {
  readonly id: ClauseId;
  readonly revision: Revision;
  /** The same in every revision that makes the statement. */
  readonly name: ClauseName;
  /** Where it stands, below the folder of the revision: `basic/lifecycle`. */
  readonly page: string;
  /** The slug of the nearest heading above it; null above the first heading of the page. */
  readonly anchor: string | null;
  readonly level: Keyword;
  readonly role: Role;
  /** The statement, paraphrased as one sentence. */
  readonly text: string;
}

const byId: ReadonlyMap<string, Clause> = new Map(CLAUSES.map((clause) => [clause.id, clause]));

/** The clause with this full id, or undefined where the catalogue has none. */
export function clause(id: string): Clause | undefined {
  return byId.get(id);
}

/** Every clause of one revision, in the order of its pages. */
export function clausesOf(revision: Revision): readonly Clause[] {
  return CLAUSES.filter((candidate) => candidate.revision === revision);
}

/** The address at which the specification itself can be read where the clause stands. */
export function url(clause: Clause): string {
  const page = `https://modelcontextprotocol.io/specification/${clause.revision}/${clause.page}`;
  return clause.anchor === null ? page : `${page}#${clause.anchor}`;
}
