import type { CoreUnderTest } from '@mcp-lifeline/explore/core-under-test';

/** What a mutant changes: one machine, or the reducers that serve sessions of both roles. */
export type Subject = 'client' | 'server' | 'process' | 'calls' | 'session';

/** A core with one thing wrong. */
export interface Mutant {
  /** Stable and unique: `client: ready.quiet after keepalive[0]: guard isQuiet negated`. */
  readonly name: string;
  readonly subject: Subject;
  /** What was done to it, as a kind. */
  readonly operator: string;
  /** What whoever uses such a core would suffer; null where only the first difference can tell. */
  readonly breaks: string | null;
  /** @throws {Error} where such a core is refused before it lives. */
  build(): Promise<CoreUnderTest>;
}
