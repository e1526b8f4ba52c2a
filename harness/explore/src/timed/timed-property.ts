import type { ClauseId } from '@mcp-lifeline/specs';
import type { Named } from '../contract.js';
import type { CoreUnderTest } from '../core-under-test.js';

/**
 * A statement that rests on durations: one or more schedules on a virtual clock, which a core keeps or breaks.
 *
 * The explorer tells no durations apart, so that such a statement means nothing there.
 */
export interface TimedProperty extends Named {
  /** The clause that it serves, or the page that promises it. */
  readonly source: ClauseId | `docs/${string}`;
  /** Null where it held; else what was seen instead. Total: a core that throws has broken it. */
  judge(core: CoreUnderTest): string | null;
}

/** Thrown where a schedule sees what it must not. */
export class Broken extends Error {
  override readonly name = 'Broken';
}

/**
 * Makes a property out of its schedules.
 *
 * @param schedules each plays one life on a core and throws where it goes wrong, `Broken` or whatever the core throws.
 */
export function timed(
  { id, title, source }: Omit<TimedProperty, 'judge'>,
  ...schedules: readonly ((core: CoreUnderTest) => void)[]
): TimedProperty {
  const judge = (core: CoreUnderTest): string | null => {
    try {
      for (const schedule of schedules) schedule(core);
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };
  return { id, title, source, judge };
}
