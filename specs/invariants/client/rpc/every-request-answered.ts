import { isJsonObject, type JsonObject } from '@mcp-lifeline/trace';
import { answerText, type Weighed } from '../../answering.js';
import { always, citing } from '../../by-revision.js';
import { UNKNOWN_METHOD_PREFIX } from '../../rpc/unknown-method.js';
import { replying } from '../replying.js';

/** Whatever the server asks gets an answer, if only an error. Pings are judged by `client.ping.pong`. */
export const everyServerRequestAnswered = replying({
  id: 'client.rpc.every-request-answered',
  title: 'each request of the server is answered, if only with an error',
  level: always('MUST'),
  clauses: citing('messages/json-rpc'),
  asks: ({ method }) => method !== 'ping',
  expected: 'an answer to each request',
  weigh: (body) => ({ is: 'right', observed: answerText(body) }),
  judgesSilence: true,
  why: 'the server requested nothing',
});

const METHOD_NOT_FOUND = -32601;

/** A request for a method that does not exist is refused with an error (JSON-RPC 2.0, section 5.1). */
export const unknownServerMethod = replying({
  id: 'client.rpc.unknown-method',
  title: 'the client refuses an unknown method with an error',
  level: always('MUST'),
  clauses: citing('messages/json-rpc'),
  asks: ({ method }) => method.startsWith(UNKNOWN_METHOD_PREFIX),
  expected: `error ${METHOD_NOT_FOUND}`,
  weigh: weighRefusal,
  judgesSilence: false,
  why: 'the server requested no unknown method',
});

/** In 2025-03-26 a batch is received: its requests are answered, one by one or together (`batch-answer-form`). */
export const batchAnswered = replying({
  id: 'client.rpc.batch',
  title: 'the requests of a batch are answered by the client',
  level: (revision) => (revision === '2025-03-26' ? 'MUST' : null),
  clauses: (revision) => (revision === '2025-03-26' ? [`${revision}/messages/batch-receive`] : []),
  asks: ({ inBatch }, { revision }) => inBatch && revision === '2025-03-26',
  expected: 'an answer to each request of the batch',
  weigh: (body) => ({ is: isRefusal(body) ? 'wrong' : 'right', observed: answerText(body) }),
  judgesSilence: true,
  lacking: 'serverBatch',
  why: 'the server sent no batch',
});

function weighRefusal(body: JsonObject): Weighed {
  const observed = answerText(body);
  if (!isJsonObject(body.error)) return { is: 'wrong', observed };
  if (body.error.code === METHOD_NOT_FOUND) return { is: 'right', observed };
  return { is: 'open', ambiguity: 'unknown-method-code', observed };
}

/** Codes that refuse the whole batch, and not what is asked in it: no message, no request. */
function isRefusal({ error }: JsonObject): boolean {
  return isJsonObject(error) && (error.code === -32700 || error.code === -32600);
}
