import type { Invariant } from '../invariant.js';
import { cleanUpOnce } from './clean-up-once.js';
import { handlersEnd } from './handlers-end.js';
import { progressKept } from './progress-kept.js';
import { settlesOnce } from './settles-once.js';
import { silentAfterClosed } from './silent-after-closed.js';

/** The invariants over what an application saw of its own session, at either end. */
export const APP_INVARIANTS: readonly Invariant<unknown>[] = [
  settlesOnce,
  progressKept,
  silentAfterClosed,
  handlersEnd,
  cleanUpOnce,
];
