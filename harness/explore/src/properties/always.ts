import type { WatcherGroup } from '../watchers/group.js';
import { viewProcess } from '../watchers/process/view.js';
import { watchRules } from '../watchers/rules.js';
import { viewSession } from '../watchers/session/viewing.js';
import { carriedInvariants } from './invariants.js';
import { processRules } from './process/index.js';
import type { Setup } from './property.js';
import { sessionRules } from './session/index.js';

/**
 * What must hold in every step of such a system, by what it consists of: sentences that share a memory stand in one group.
 *
 * `watchersIn` makes watchers of their own of them.
 */
export function alwaysOf(setup: Setup): readonly WatcherGroup[] {
  const { client, server, process, countsUp = false } = setup;
  const groups: unknown[] = [];
  for (const config of [client, server]) {
    if (config !== null) groups.push(watchRules(viewSession(config, countsUp), sessionRules(config, countsUp)));
  }
  if (process !== null) groups.push(watchRules(viewProcess(countsUp), processRules(countsUp)));
  // Each memory is JSON, and goes back to none but its own group.
  return [...(groups as WatcherGroup[]), ...(carriedInvariants(setup) as readonly unknown[] as WatcherGroup[])];
}
