import { always, citing } from '../by-revision.js';
import { coping } from './coping.js';

/** A cancellation of a request that is on its way leaves the server alive, and the request with one answer at most. */
export const cancelRace = coping({
  id: 'cancel.race',
  title: 'a request and its cancellation may cross: the server copes, and answers once at most',
  level: always('MUST'),
  clauses: citing('cancellation/races'),
  counts: (isOpen) => isOpen,
});
