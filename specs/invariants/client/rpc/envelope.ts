import { always } from '../../by-revision.js';
import { ENVELOPE_CLAUSES, faultOf } from '../../rpc/message-fault.js';
import { isMessage } from '../../stdout/clean.js';
import { obeying, RIGHT, wrong } from '../obeying.js';

/**
 * Every message of the client's has the form of a request, a notification or a response. The ids of its requests are
 * judged by `client.rpc.request-ids`; JSON that does not mean to be a message, by `client.framing.messages-only`.
 */
export const clientEnvelope = obeying({
  id: 'client.rpc.envelope',
  title: 'each message of the client has the form of a request, a notification or a response',
  level: always('MUST'),
  clauses: ENVELOPE_CLAUSES,
  memory: null,
  rule: ({ message }, { garbledAt }) => {
    if (!isMessage(message)) return null;
    const fault = faultOf(message, garbledAt !== null);
    return fault === null ? RIGHT : wrong(fault);
  },
  expected: 'JSON-RPC 2.0, as the schema of the revision has it',
  lacking: 'clientRequest',
  why: 'the client sent no message',
});
