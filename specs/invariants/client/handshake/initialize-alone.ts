import { obeying, RIGHT, wrong } from '../obeying.js';

/** Where there are batches, `initialize` is in none. */
export const initializeAlone = obeying({
  id: 'client.handshake.initialize-alone',
  title: 'initialize is not in a batch',
  level: (revision) => (revision === '2025-03-26' ? 'MUST' : null),
  clauses: (revision) => (revision === '2025-03-26' ? [`${revision}/lifecycle/initialize-not-in-batch`] : []),
  memory: null,
  rule: ({ shape, inBatch }) => {
    if (shape.kind !== 'request' || shape.method !== 'initialize') return null;
    return inBatch ? wrong('initialize in a batch') : RIGHT;
  },
  expected: 'initialize on its own',
  lacking: 'clientRequest',
  why: 'the client sent no initialize',
});
