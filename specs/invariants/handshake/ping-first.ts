import { answering, answerText } from '../answering.js';
import { always, CITING_NOTHING } from '../by-revision.js';

/** What a server does with a ping as the very first message: the text allows more than one reading. */
export const pingFirst = answering({
  id: 'handshake.ping-first',
  title: 'what a ping before initialize gets',
  level: always('NOTE'),
  clauses: CITING_NOTHING,
  asks: ({ method }, session) => method === 'ping' && session.initializeAt === null,
  expected: 'nothing in particular: the text is open',
  weigh: (body) => ({ is: 'open', ambiguity: 'ping-first', observed: answerText(body) }),
  silence: (observed) => ({ is: 'open', ambiguity: 'ping-first', observed }),
});
