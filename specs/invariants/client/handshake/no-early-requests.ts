import { always, citing } from '../../by-revision.js';
import { obeying, RIGHT, wrong } from '../obeying.js';

/** Until `initialize` is answered a client requests nothing but pings. */
export const noEarlyClientRequests = obeying({
  id: 'client.handshake.no-early-requests',
  title: 'the client requests nothing but pings before initialize is answered',
  level: always('SHOULD'),
  clauses: citing('lifecycle/early-client-requests'),
  memory: null,
  rule: ({ shape }, { opening, answer }) => {
    if (shape.kind !== 'request' && shape.kind !== 'notification') return null;
    if (opening !== null && answer !== null) return RIGHT;
    const isEarly = shape.kind === 'request' && !ALLOWED.includes(shape.method);
    return isEarly ? wrong(`${shape.method} came before the answer to initialize`, opening?.seq) : null;
  },
  expected: 'no request but ping before the answer to initialize',
  lacking: 'handshake',
  why: 'the client sent nothing after an answer to initialize',
});

/** `server/discover` asks whether there is to be an `initialize` at all. */
const ALLOWED = ['ping', 'initialize', 'server/discover'];
