import { always, citing } from '../by-revision.js';
import { nothingEarly } from './nothing-early.js';

/** Until the client's `initialized` a server sends no request but ping. */
export const noEarlyRequests = nothingEarly({
  id: 'handshake.no-early-requests',
  title: 'the server sends no request but ping before initialized',
  level: always('SHOULD'),
  clauses: citing('lifecycle/early-server-requests'),
  kind: 'request',
  except: 'ping',
  expected: 'no request but ping before initialized',
});
