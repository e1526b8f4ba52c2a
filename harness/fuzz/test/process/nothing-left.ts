import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { processesWith } from '../../../../test/processes-with.ts';

/** A variable of a server under test that tells its processes from all others: whoever it starts inherits it. */
const MARK = 'FUZZED_SERVER_MARK';

/** Marks the processes of one campaign. */
export function mark(): { readonly env: Readonly<Record<string, string>>; left(): Promise<readonly string[]> } {
  const value = randomUUID();
  return { env: { [MARK]: value }, left: () => left(`${MARK}=${value}`) };
}

/** Those that are still there after a moment, where the system tells: their command lines. A zombie has none. */
async function left(variable: string): Promise<readonly string[]> {
  for (let tries = 0; tries < 20 && processesWith(variable).length > 0; tries += 1) await sleep(20);
  return processesWith(variable);
}
