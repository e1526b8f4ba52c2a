import { answering } from '../answering.js';
import { always, citing } from '../by-revision.js';
import { EMPTY_RESULT, weighPong } from '../ping/pong.js';

/**
 * A ping that is sent after `initialize` and before its answer is answered. In which order the two answers come is
 * nobody's fault: they may have crossed.
 */
export const pingBefore = answering({
  id: 'handshake.ping-before',
  title: 'a ping sent before initialize is answered gets its answer',
  level: always('MUST'),
  clauses: citing('ping/respond', 'lifecycle/early-client-requests'),
  asks: ({ method }, session) => method === 'ping' && session.initializeAt !== null && session.answeredAt === null,
  expected: EMPTY_RESULT,
  weigh: weighPong,
});
