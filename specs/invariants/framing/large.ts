import { always, CITING_NOTHING } from '../by-revision.js';
import { framed } from './framed.js';

/** No page bounds a message: one of 1 MiB, as a picture makes it, is nothing unusual. */
export const framingLarge = framed({
  id: 'framing.large',
  title: 'a message of 1 MiB is answered',
  level: always('ROBUST'),
  clauses: CITING_NOTHING,
  how: 'large',
  expected: 'an answer to a request of 1 MiB',
});
