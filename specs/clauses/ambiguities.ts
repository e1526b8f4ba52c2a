import { AMBIGUITIES, type AmbiguityId } from './ambiguities.generated.js';
import type { Revision } from './revision.js';

/** A point at which the specification is silent or contradicts itself, and how we deal with it. */
export interface Ambiguity {
  /** Cited by findings. */
  readonly id: AmbiguityId;
  /** The revisions whose text leaves the point open. */
  readonly revisions: readonly Revision[];
  /** The pages that leave it open, below the folder of the revision; not every revision has each of them. */
  readonly pages: readonly string[];
  /** What the text does not settle. */
  readonly question: string;
  /** The answers that the text can bear, two or more. */
  readonly readings: readonly string[];
  /**
   * What is reported where it shows. `note`: it is told, as no fault. `warn`: no clause is broken, but users would suffer.
   * `nothing`: every reading is accepted in silence.
   */
  readonly report: 'note' | 'warn' | 'nothing';
  /** Why it is reported so. */
  readonly because: string;
}

const byId: ReadonlyMap<string, Ambiguity> = new Map(AMBIGUITIES.map((entry) => [entry.id, entry]));

/** The ambiguity with this id, or undefined where the catalogue has none. */
export function ambiguity(id: string): Ambiguity | undefined {
  return byId.get(id);
}

/** Every ambiguity of one revision, in the order of the catalogue. */
export function ambiguitiesOf(revision: Revision): readonly Ambiguity[] {
  return AMBIGUITIES.filter((entry) => entry.revisions.includes(revision));
}
