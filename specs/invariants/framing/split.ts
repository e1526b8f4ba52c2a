import { always, citing } from '../by-revision.js';
import { framed } from './framed.js';

/** A newline ends a message, and nothing else does: not the end of a chunk either. */
export const framingSplit = framed({
  id: 'framing.split',
  title: 'a message that comes byte by byte is answered',
  level: always('MUST'),
  clauses: citing('transports/stdio-newlines'),
  how: 'split',
  expected: 'an answer to a request that was written byte by byte',
});
