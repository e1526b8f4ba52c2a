import { always, citing } from '../../by-revision.js';
import { tokenIn } from '../../progress/tokens.js';
import { obeying, RIGHT, wrong } from '../obeying.js';

/** The tokens of a client's requests are strings or integers, and no two active requests share one. */
export const clientToken = obeying({
  id: 'client.progress.token',
  title: 'the progress tokens of the client are strings or integers, and unique among its active requests',
  level: always('MUST'),
  clauses: citing('progress/token-type', 'progress/token-unique'),
  memory: null,
  rule: ({ shape }, { own }) => {
    const token = shape.kind === 'request' ? tokenIn(shape.params) : null;
    if (token === null) return null;
    const value: unknown = JSON.parse(token);
    if (typeof value !== 'string' && !Number.isInteger(value)) return wrong(`token ${token}`);
    // A request that was given up need not be active any more.
    const other = own.find((one) => one.token === token && !one.isCancelled);
    return other === undefined ? RIGHT : wrong(`token ${token} in two active requests`, other.seq);
  },
  expected: 'a string or an integer that no other active request has',
  lacking: 'clientToken',
  why: 'no request of the client carried a progress token',
});
