import { always, CITING_NOTHING } from '../by-revision.js';
import { framed } from './framed.js';

/** A carriage return before the newline is white space to JSON; clients on Windows write it. */
export const framingCrlf = framed({
  id: 'framing.crlf',
  title: 'a message that ends in CR LF is answered',
  level: always('ROBUST'),
  clauses: CITING_NOTHING,
  how: 'crlf',
  expected: 'an answer to a request that ended in CR LF',
});
