import { always, citing } from '../../by-revision.js';
import { EMPTY_RESULT, weighPong } from '../../ping/pong.js';
import { replying } from '../replying.js';

/** A ping of the server's is answered with an empty result, at any time of the session. */
export const clientPong = replying({
  id: 'client.ping.pong',
  title: 'the client answers each ping',
  level: always('MUST'),
  clauses: citing('ping/respond'),
  asks: ({ method }) => method === 'ping',
  expected: EMPTY_RESULT,
  weigh: weighPong,
  judgesSilence: true,
  why: 'the server sent no ping',
});
