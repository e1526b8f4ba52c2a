import { CITING_NOTHING, citing } from '../../by-revision.js';
import { obeying, RIGHT, wrong } from '../obeying.js';

/** Only 2025-03-26 has batches. 2024-11-05 does not forbid what JSON-RPC has; later ones want single messages. */
export const singleMessages = obeying({
  id: 'client.rpc.single-messages',
  title: 'the client sends no batch where the agreed revision has none',
  level: (revision) => (revision === '2025-03-26' ? null : revision === '2024-11-05' ? 'NOTE' : 'MUST'),
  clauses: (revision) =>
    revision < '2025-06-18'
      ? CITING_NOTHING()
      : citing('messages/json-rpc', 'transports/stdin-messages-only')(revision),
  memory: null,
  rule: ({ inBatch, seq }, { revision, answer }) => {
    if (revision === null || revision === '2025-03-26') return null;
    if (!inBatch) return RIGHT;
    const observed = `an array of messages in ${revision}`;
    if (revision === '2024-11-05') return { is: 'open', ambiguity: 'batch-elsewhere', observed };
    return wrong(observed, answer?.seq, seq);
  },
  expected: 'messages one by one',
  lacking: 'handshake',
  why: 'the client sent nothing in a revision without batches',
});
