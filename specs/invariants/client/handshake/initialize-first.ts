import { always, citing } from '../../by-revision.js';
import { obeying, RIGHT, wrong } from '../obeying.js';

/** The first thing a client says is `initialize`. */
export const initializeFirst = obeying<{ readonly isOver: boolean }>({
  id: 'client.handshake.initialize-first',
  title: 'the client begins with initialize',
  level: always('MUST'),
  clauses: citing('lifecycle/initialize-first', 'lifecycle/initialize-request'),
  memory: { isOver: false },
  rule: ({ shape }, _, { isOver }) => {
    if (isOver || shape.kind === 'response' || shape.kind === 'other') return null;
    if (shape.method === 'initialize') return RIGHT;
    if (shape.method === 'ping') return { is: 'open', ambiguity: 'ping-first', observed: 'a ping came first' };
    // A client that speaks later revisions as well may ask first whether there is to be an `initialize` at all.
    return PROBE.includes(shape.method) ? null : wrong(`${shape.method} came first`);
  },
  learn: ({ isOver }, { from, shape }) => {
    const isSaying = from === 'client' && (shape.kind === 'request' || shape.kind === 'notification');
    return { isOver: isOver || (isSaying && shape.method !== 'ping' && !PROBE.includes(shape.method)) };
  },
  expected: 'initialize before anything else',
  lacking: 'clientRequest',
  why: 'the client said nothing',
});

/** The probe, and giving up on it. */
const PROBE = ['server/discover', 'notifications/cancelled'];
