import type { Revision } from '@mcp-lifeline/specs';
import { isSteady, type Violation } from './investigate.js';

/** The faults that were found so far, each with the best story that there is of it. */
export class Faults {
  readonly #all: Violation[] = [];

  /** All of them, in the order in which they were found. */
  get all(): readonly Violation[] {
    return this.#all;
  }

  /** Those that come again: only these explain what else is seen, and need no better story. */
  get steady(): readonly Violation[] {
    return this.#all.filter(isSteady);
  }

  /** Whether a check is known to be broken, in this revision or in any. */
  isKnown(id: string, offer?: Revision): boolean {
    return this.steady.some((violation) => {
      const isThere = offer === undefined || violation.case.offer === offer;
      return isThere && violation.broken.some((broken) => broken.id === id);
    });
  }

  /** Adds one. Of two stories of one fault that comes and goes, the one that came again more often is kept. */
  keep(violation: Violation): void {
    const [first] = violation.broken;
    const index = this.#all.findIndex((other) => {
      return !isSteady(other) && other.case.offer === violation.case.offer && other.broken[0]?.id === first?.id;
    });
    const old = this.#all[index];
    if (old === undefined) this.#all.push(violation);
    else if (violation.again.shown > old.again.shown) this.#all[index] = violation;
  }
}
