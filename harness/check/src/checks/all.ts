import { CANCEL_CHECKS } from './cancel-checks.js';
import type { Check } from './check.js';
import { exitCode } from './exit-code.js';
import { INVARIANT_CHECKS } from './invariant-checks.js';
import { VERSION_CHECKS } from './version-checks.js';

const ORDER = [
  'handshake',
  'version',
  'capability',
  'rpc',
  'ping',
  'progress',
  'cancel',
  'framing',
  'stdout',
  'stderr',
  'shutdown',
  'timeout',
];

/** Every check, in the order of a session's life. */
export const CHECKS: readonly Check[] = [...INVARIANT_CHECKS, ...CANCEL_CHECKS, exitCode, ...VERSION_CHECKS].sort(
  (a, b) => familyOf(a) - familyOf(b),
);

function familyOf({ id }: Check): number {
  return ORDER.indexOf(id.split('.')[0] ?? '');
}
