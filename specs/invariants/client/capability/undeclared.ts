import { citing } from '../../by-revision.js';
import { sinceJune } from '../../capability/since-june.js';
import { obeying, RIGHT, wrong } from '../obeying.js';
import { capabilities } from '../session.js';
import { isDeclared, nameOf, neededOfServer } from './needed.js';

/** The client requests nothing that needs what the server did not declare. */
export const undeclaredRequests = obeying({
  id: 'client.capability.requests',
  title: 'the client requests only what the server declared',
  level: sinceJune,
  clauses: citing('lifecycle/negotiated-capabilities'),
  memory: null,
  rule: ({ shape }, before) => {
    // What comes before `initialized` may have been sent before the client read what is declared.
    if (shape.kind !== 'request' || before.initializedAt === null || before.answer === null) return null;
    const needed = neededOfServer(shape.method, before.revision);
    if (needed === null) return null;
    if (isDeclared(capabilities(before).server, needed)) return RIGHT;
    return wrong(`${shape.method} without ${nameOf(needed)}`, before.answer.seq);
  },
  expected: 'no request that needs a capability which the server did not declare',
  lacking: 'clientRequest',
  why: 'the client requested nothing that needs a capability',
});

/** The client notifies of nothing that it did not declare. */
export const undeclaredNotifications = obeying({
  id: 'client.capability.notifications',
  title: 'the client notifies of changed roots only if it declared that it would',
  level: sinceJune,
  clauses: citing('lifecycle/negotiated-capabilities'),
  memory: null,
  rule: ({ shape }, before) => {
    if (shape.kind !== 'notification' || shape.method !== 'notifications/roots/list_changed') return null;
    if (before.answer === null) return null;
    if (isDeclared(capabilities(before).client, ['roots', 'listChanged'])) return RIGHT;
    return wrong(`${shape.method} without roots.listChanged`, before.opening?.seq);
  },
  expected: 'no notification that needs a capability which the client did not declare',
  lacking: 'clientNotification',
  why: 'the client notified of no changed roots',
});
