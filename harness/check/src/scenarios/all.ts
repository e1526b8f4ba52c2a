import { CAPABILITY_SCENARIOS } from './capability.js';
import { FRAMING_SCENARIOS } from './framing.js';
import { HANDSHAKE_SCENARIOS } from './handshake.js';
import { RPC_SCENARIOS } from './rpc.js';
import type { Scenario } from './scenario.js';
import { SHUTDOWN_SCENARIOS } from './shutdown.js';
import { SLOW_SCENARIOS } from './slow.js';

/** The scenarios that a spoken revision goes through, in this order. */
export const SESSION_SCENARIOS: readonly Scenario[] = [
  ...HANDSHAKE_SCENARIOS,
  ...CAPABILITY_SCENARIOS,
  ...RPC_SCENARIOS,
  ...SLOW_SCENARIOS,
  ...FRAMING_SCENARIOS,
  ...SHUTDOWN_SCENARIOS,
];

/** Whether each of these scenarios is played in the revisions that count, and in no other. */
export function areCountedOnly(ids: readonly string[] | 'every'): boolean {
  if (ids === 'every') return false;
  return ids.every((id) => SESSION_SCENARIOS.find((scenario) => scenario.id === id)?.countedOnly === true);
}
