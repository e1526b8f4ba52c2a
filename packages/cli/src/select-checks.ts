import { CHECKS } from '@mcp-lifeline/check';
import { CLIENT_INVARIANTS, INVARIANTS } from '@mcp-lifeline/specs';
import { nearest } from './nearest.js';
import { UsageError } from './usage-error.js';

/**
 * The ids of the checks that `--only` names: exact ids, or families such as `version`, separated by commas.
 * @throws UsageError when one names nothing
 */
export function selectChecks(list: string): readonly string[] {
  const ids = CHECKS.map(({ id }) => id);
  return select(list, ids, (name, near) => `no check is called "${name}"; the nearest is ${near}, --list shows all`);
}

/**
 * The ids of the invariants that `--only` names, for servers and for clients alike.
 * @throws UsageError when one names nothing
 */
export function selectInvariants(list: string): readonly string[] {
  const ids = [...INVARIANTS, ...CLIENT_INVARIANTS].map(({ id }) => id);
  return select(list, ids, (name, near) => `no invariant is called "${name}"; the nearest is ${near}`);
}

function select(
  list: string,
  ids: readonly string[],
  complaint: (name: string, near: string | undefined) => string,
): readonly string[] {
  const families = [...new Set(ids.flatMap(familiesOf))];
  const wanted = new Set<string>();
  for (const name of list.split(',').map((part) => part.trim())) {
    const named = ids.filter((id) => id === name || familiesOf(id).includes(name));
    if (named.length === 0) throw new UsageError(`--only: ${complaint(name, nearest(name, [...ids, ...families]))}`);
    for (const id of named) wanted.add(id);
  }
  return ids.filter((id) => wanted.has(id));
}

/** Such as `client` and `client.rpc` for `client.rpc.batch`. */
function familiesOf(id: string): readonly string[] {
  const parts = id.split('.').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('.'));
}
