import { signalGroup } from './group.js';

const live = new Set<number>();
let watching = false;

/** Remembers a process group that must not outlive this process. */
export function addLiveGroup(group: number): void {
  live.add(group);
  if (watching) return;
  watching = true;
  // Also runs after an uncaught error. A signal that nobody handles ends Node without it: hosts handle theirs.
  process.on('exit', killLiveGroups);
}

/** Forgets a process group that is over. */
export function removeLiveGroup(group: number): void {
  live.delete(group);
}

/** Kills every group that is not over, without waiting. */
function killLiveGroups(): void {
  for (const group of live) signalGroup(group, 'SIGKILL');
}
