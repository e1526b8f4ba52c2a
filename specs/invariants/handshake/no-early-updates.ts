import { always, CITING_NOTHING } from '../by-revision.js';
import { nothingEarly } from './nothing-early.js';

/** Whether a server sends notifications other than log messages before `initialized`: the text allows two readings. */
export const noEarlyUpdates = nothingEarly({
  id: 'handshake.no-early-updates',
  title: 'whether the server notifies of more than logs before initialized',
  level: always('NOTE'),
  clauses: CITING_NOTHING,
  kind: 'notification',
  except: 'notifications/message',
  expected: 'nothing in particular: the text is open',
  ambiguity: 'early-server-notifications',
});
