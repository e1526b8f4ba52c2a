import { always, citing } from '../by-revision.js';
import { framed } from './framed.js';

/** Each newline ends a message, also where many of them come in one chunk. */
export const framingJoined = framed({
  id: 'framing.joined',
  title: 'messages that come in one piece are all answered',
  level: always('MUST'),
  clauses: citing('transports/stdio-newlines'),
  how: 'joined',
  expected: 'an answer to each of the requests in one write',
});
