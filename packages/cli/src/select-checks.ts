import { CHECKS } from '@mcp-lifeline/check';
import { nearest } from './nearest.js';
import { UsageError } from './usage-error.js';

/**
 * The ids of the checks that `--only` names: exact ids, or families such as `version`, separated by commas.
 * @throws UsageError when one names nothing
 */
export function selectChecks(list: string): readonly string[] {
  const ids = CHECKS.map(({ id }) => id);
  const families = [...new Set(ids.map(familyOf))];
  const wanted = new Set<string>();
  for (const name of list.split(',').map((part) => part.trim())) {
    const named = ids.filter((id) => id === name || familyOf(id) === name);
    if (named.length === 0) {
      const near = nearest(name, [...ids, ...families]);
      throw new UsageError(`--only: no check is called "${name}"; the nearest is ${near}, --list shows all`);
    }
    for (const id of named) wanted.add(id);
  }
  return ids.filter((id) => wanted.has(id));
}

function familyOf(id: string): string {
  return id.split('.')[0] ?? id;
}
