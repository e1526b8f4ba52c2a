import { answering, answerText } from '../answering.js';
import { always, citing } from '../by-revision.js';

/** Whatever is asked gets an answer, if only an error. Pings are judged by those of the family `ping`. */
export const everyRequestAnswered = answering({
  id: 'rpc.every-request-answered',
  title: 'each request is answered, if only with an error',
  level: always('MUST'),
  clauses: citing('messages/json-rpc'),
  asks: ({ method }, session) => method !== 'ping' && session.initializedAt !== null,
  expected: 'an answer to each request',
  weigh: (body) => ({ is: 'right', observed: answerText(body) }),
});
