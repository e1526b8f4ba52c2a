import { always, CITING_NOTHING } from '../../by-revision.js';
import { obeying, RIGHT } from '../obeying.js';

/** Whether a client says `initialized` before it requests anything: a server may hold that it has to. */
export const initializedFirst = obeying({
  id: 'client.handshake.initialized-first',
  title: 'whether initialized is said before anything else is requested',
  level: always('NOTE'),
  clauses: CITING_NOTHING,
  memory: null,
  rule: ({ shape }, { answer, initializedAt }) => {
    if (answer === null || answer.result === null || initializedAt !== null) return null;
    if (shape.kind === 'notification') return shape.method === 'notifications/initialized' ? RIGHT : null;
    if (shape.kind !== 'request' || shape.method === 'ping' || shape.method === 'initialize') return null;
    const observed = `${shape.method} came before initialized`;
    return { is: 'open', ambiguity: 'request-before-initialized', observed };
  },
  expected: 'nothing in particular: the text is open',
  lacking: 'handshake',
  why: 'the client said nothing after the answer to initialize',
});
