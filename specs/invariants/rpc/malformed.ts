import { always, CITING_NOTHING } from '../by-revision.js';
import { surviving } from '../surviving.js';

/** A server outlives input that is no message. How it answers that input is its own affair: `malformed-input-silence`. */
export const malformed = surviving({
  id: 'rpc.malformed',
  title: 'the server outlives input that is no message',
  level: always('ROBUST'),
  clauses: CITING_NOTHING,
  after: ({ malformedAt }) => malformedAt !== null,
  what: 'input that is no message',
});
