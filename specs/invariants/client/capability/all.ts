import type { Invariant } from '../../invariant.js';
import { declaredAnswers, undeclaredAnswers } from './answers.js';
import { undeclaredNotifications, undeclaredRequests } from './undeclared.js';

/** The invariants of the family `client.capability`. */
export const CLIENT_CAPABILITY: readonly Invariant<unknown>[] = [
  undeclaredRequests,
  undeclaredNotifications,
  undeclaredAnswers,
  declaredAnswers,
];
