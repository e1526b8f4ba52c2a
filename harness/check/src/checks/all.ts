import type { Check } from './check.js';
import { INVARIANT_CHECKS } from './invariant-checks.js';
import { VERSION_CHECKS } from './version-checks.js';

const ORDER = ['handshake', 'version', 'rpc', 'ping', 'stdout', 'shutdown'];

/** Every check, in the order of a session's life. */
export const CHECKS: readonly Check[] = [...INVARIANT_CHECKS, ...VERSION_CHECKS].sort(
  (a, b) => familyOf(a) - familyOf(b),
);

function familyOf({ id }: Check): number {
  return ORDER.indexOf(id.split('.')[0] ?? '');
}
