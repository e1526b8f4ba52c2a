import { always, CITING_NOTHING } from '../../by-revision.js';
import { obeying, RIGHT, wrong } from '../obeying.js';

/** A session is opened once: what a server makes of a second time is open (`second-initialize`), and seldom good. */
export const openedOnce = obeying<{ readonly initialized: number | null }>({
  id: 'client.handshake.once',
  title: 'the client says initialize once, and initialized once',
  level: always('ROBUST'),
  clauses: CITING_NOTHING,
  memory: { initialized: null },
  rule: ({ shape }, { opening, answer }, memory) => {
    if (shape.kind === 'request' && shape.method === 'initialize') {
      // Whoever was refused may try another version.
      const isFirst = opening === null || answer?.result === null;
      return isFirst ? RIGHT : wrong('a second initialize', opening.seq, answer?.seq);
    }
    if (shape.kind !== 'notification' || shape.method !== 'notifications/initialized') return null;
    return memory.initialized === null ? RIGHT : wrong('a second initialized', memory.initialized);
  },
  learn: (memory, { from, shape, seq }) => {
    const isSaid = from === 'client' && shape.kind === 'notification' && shape.method === 'notifications/initialized';
    return isSaid ? { initialized: memory.initialized ?? seq } : memory;
  },
  expected: 'each of them once',
  lacking: 'clientRequest',
  why: 'the client sent no initialize',
});
