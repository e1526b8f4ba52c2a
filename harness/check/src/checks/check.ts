import type { Finding, Level, Need, Revision } from '@mcp-lifeline/specs';
import type { Run } from '../run.js';
import type { VersionOffer } from '../version-offer.js';

/** Everything that was seen of a server, as far as one row of the report may rest on it. */
export interface Evidence {
  /** The runs in which the revision of the row was offered, in the order they were played. */
  readonly runs: readonly Run[];
  /** What became of every version that was offered, in any run. */
  readonly offers: readonly VersionOffer[];
  /** The revision that the server itself prefers. */
  readonly preferred: Revision | null;
  /** The run in which tools were looked for. */
  readonly toolsRun: Run | null;
}

/** A finding, and the run whose events are its evidence. */
export interface Judged {
  readonly finding: Finding;
  readonly run: Run | null;
}

/** One thing that can be told about a server, in one revision. Ids are published and never change their meaning. */
export interface Check {
  readonly id: string;
  readonly title: string;
  /** Null where there is no row: the revision has nothing to say, or the check speaks in another row. */
  readonly level: (revision: string) => Level | null;
  readonly clauses: (revision: string) => readonly string[];
  readonly needs: readonly Need[];
  /** It takes long: left out unless it is asked for by name. */
  readonly onlyByName?: true;
  /** It has one row for the whole server, in the revision that the server prefers. */
  readonly onlyPreferred?: true;
  /** The scenarios whose runs it judges. */
  readonly scenarios: readonly string[] | 'every';
  readonly judge: (revision: string, evidence: Evidence) => Judged;
}
