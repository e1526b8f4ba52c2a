import type { ProcessContext } from './contract.js';

/** Whether no `close` was asked for before: the first is graceful, the second a kill. */
export function isFirstClose(context: ProcessContext): boolean {
  return !context.asked;
}

/** Whether the process itself has not exited. It is a member of its own group, so the group lives too. */
export function leaderLives(context: ProcessContext): boolean {
  return context.exit === null;
}

/** Whether no member of the group lives, so that nobody may be signalled under its id. */
export function groupIsGone(context: ProcessContext): boolean {
  return context.groupGone;
}

/** Whether nothing more will be read. */
export function outputIsDone(context: ProcessContext): boolean {
  return context.outputDone;
}
