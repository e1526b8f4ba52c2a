import { isJsonObject, type JsonObject } from '@mcp-lifeline/trace';
import { answering, answerText, type Weighed } from '../answering.js';
import { always, citing } from '../by-revision.js';

/** A method of this prefix is nobody's. */
export const UNKNOWN_METHOD_PREFIX = 'mcp-lifeline/';

const METHOD_NOT_FOUND = -32601;

/** A request for a method that does not exist is refused with an error (JSON-RPC 2.0, section 5.1). */
export const unknownMethod = answering({
  id: 'rpc.unknown-method',
  title: 'an unknown method is refused with an error',
  level: always('MUST'),
  clauses: citing('messages/json-rpc'),
  asks: ({ method }, session) => method.startsWith(UNKNOWN_METHOD_PREFIX) && session.initializedAt !== null,
  expected: `error ${METHOD_NOT_FOUND}`,
  weigh,
});

function weigh(body: JsonObject): Weighed {
  const observed = answerText(body);
  if (!isJsonObject(body.error)) return { is: 'wrong', observed };
  if (body.error.code === METHOD_NOT_FOUND) return { is: 'right', observed };
  return { is: 'open', ambiguity: 'unknown-method-code', observed };
}
