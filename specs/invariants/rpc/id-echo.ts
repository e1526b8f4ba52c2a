import { answering } from '../answering.js';
import { always, citing } from '../by-revision.js';

/** An answer carries the id of its request, by type and value, whatever string or integer that is. */
export const idEcho = answering({
  id: 'rpc.id-echo',
  title: 'an answer carries the very id of its request',
  level: always('MUST'),
  clauses: citing('messages/response-id'),
  asks: ({ id }) => !isEverydayId(id),
  expected: 'the id of the request, by type and value',
  weigh: (body, exact) =>
    exact
      ? { is: 'right', observed: 'the same id' }
      : { is: 'wrong', observed: `id ${JSON.stringify(body.id)}, of another type` },
});

/** Small positive integers are what every client counts with; the others find the faults. */
function isEverydayId(id: unknown): boolean {
  return typeof id === 'number' && id > 0 && id < 2 ** 31;
}
