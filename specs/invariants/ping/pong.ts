import { isJsonObject, type JsonObject } from '@mcp-lifeline/trace';
import { answerText, type Weighed } from '../answering.js';

/** What a pong has to be, in words. */
export const EMPTY_RESULT = 'an empty result';

/** Weighs the answer to a ping: a result without members, where `_meta` is none; what others mean is left open. */
export function weighPong(body: JsonObject): Weighed {
  const { result } = body;
  if (!isJsonObject(result)) return { is: 'wrong', observed: answerText(body) };
  if (Object.keys(result).every((key) => key === '_meta')) return { is: 'right', observed: EMPTY_RESULT };
  return { is: 'open', ambiguity: 'ping-result-members', observed: answerText(body) };
}
