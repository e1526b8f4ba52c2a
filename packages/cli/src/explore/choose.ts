import type { Configuration } from '@mcp-lifeline/explore';
import { nearest } from '../nearest.js';
import { UsageError } from '../usage-error.js';

/** What there is to explore. */
export interface Configurations {
  readonly usual: readonly Configuration[];
  /** With larger bounds: some of them have more states than any machine has memory for. */
  readonly large: readonly Configuration[];
}

/** Which of them are asked for. */
export interface Choice {
  /** Their ids, as they were written; null for all of a size. */
  readonly configs: readonly string[] | null;
  readonly isLarge: boolean;
}

/**
 * The configurations that were asked for, each once, in the order in which they are kept.
 * @throws UsageError for one that there is not
 */
export function chooseConfigurations(
  { usual, large }: Configurations,
  { configs, isLarge }: Choice,
): readonly Configuration[] {
  if (configs === null) return isLarge ? large : usual;
  const all = [...usual, ...large];
  const known = all.map(({ id }) => id);
  const unknown = configs.find((id) => !known.includes(id));
  if (unknown !== undefined) {
    const near = nearest(unknown, known);
    throw new UsageError(`no configuration is called "${unknown}"; the nearest is ${near}, explore --list shows all`);
  }
  return all.filter(({ id }) => configs.includes(id));
}
