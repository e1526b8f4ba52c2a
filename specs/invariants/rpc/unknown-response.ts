import { always, CITING_NOTHING } from '../by-revision.js';
import { surviving } from '../surviving.js';

/** A server outlives a response to a request that it never sent. */
export const unknownResponse = surviving({
  id: 'rpc.unknown-response',
  title: 'the server outlives a response that it never asked for',
  level: always('ROBUST'),
  clauses: CITING_NOTHING,
  after: ({ strayResponseAt }) => strayResponseAt !== null,
  what: 'a response to no request',
});
