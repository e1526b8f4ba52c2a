import { always, citing } from '../../by-revision.js';
import { idKey } from '../../wire.js';
import { obeying, RIGHT, wrong } from '../obeying.js';
import { isSeen, NOTHING_SEEN, type SeenKeys, withKey } from '../seen-keys.js';

/** The ids of a client's requests are strings or integers, none of them twice in a session. */
export const requestIds = obeying<SeenKeys>({
  id: 'client.rpc.request-ids',
  title: 'the client gives each request a new id, a string or an integer',
  level: always('MUST'),
  clauses: citing('messages/request-id', 'messages/request-id-not-null', 'messages/request-id-unique'),
  memory: NOTHING_SEEN,
  rule: ({ shape }, _, used) => {
    // A notification that has an id is the business of client.rpc.envelope.
    if (shape.kind !== 'request' || shape.method.startsWith('notifications/')) return null;
    const key = idKey(shape.id);
    if (typeof shape.id !== 'string' && !Number.isInteger(shape.id)) return wrong(`${shape.method} has the id ${key}`);
    return isSeen(used, key) ? wrong(`${shape.method} has the id ${key} again`) : RIGHT;
  },
  learn: (used, { from, shape }) => {
    if (from === 'server' || shape.kind !== 'request') return used;
    return withKey(used, idKey(shape.id));
  },
  expected: 'strings or integers, each used once',
  lacking: 'clientRequest',
  why: 'the client requested nothing',
});
