import type { Revision } from '../clauses/revision.js';
import type { Level } from './invariant.js';

/** The same level in every revision. */
export function always(level: Level): (revision: Revision) => Level {
  return () => level;
}

/** These clauses, by their short ids, in every revision. */
export function citing(...ids: readonly string[]): (revision: Revision) => readonly string[] {
  return (revision) => ids.map((id) => `${revision}/${id}`);
}

/** Cites nothing: for what no clause demands. */
export const CITING_NOTHING = (): readonly string[] => [];
