import type { CoreUnderTest } from '@mcp-lifeline/explore/core-under-test';
import type { Subject } from '../mutant.js';

/** Something that finds out what is wrong with a core, by what must hold of it and never by what it was before. */
export interface Killer {
  /** As the table of kills has it. */
  readonly name: string;
  /**
   * What it found, in words; null where it found nothing.
   *
   * @param subject what of the core may be wrong: the rest need not be looked at.
   */
  kills(core: CoreUnderTest, subject: Subject): string | null;
}
