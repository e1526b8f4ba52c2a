import { answering } from '../answering.js';
import { always, citing } from '../by-revision.js';
import { EMPTY_RESULT, weighPong } from './pong.js';

/** After the handshake a ping is answered with an empty result. */
export const pingReady = answering({
  id: 'ping.ready',
  title: 'a ping is answered after the handshake',
  level: always('MUST'),
  clauses: citing('ping/respond'),
  asks: ({ method }, session) => method === 'ping' && session.initializedAt !== null,
  expected: EMPTY_RESULT,
  weigh: weighPong,
});
