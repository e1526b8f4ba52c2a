import { isJsonObject } from '@mcp-lifeline/trace';
import { answerText } from '../../answering.js';
import { always, CITING_NOTHING, citing } from '../../by-revision.js';
import { sinceJune } from '../../capability/since-june.js';
import { replying } from '../replying.js';
import { type ClientSession, capabilities } from '../session.js';
import { isDeclared, neededOfClient } from './needed.js';

/** A request that needs a capability which the client did not declare is refused, with whatever error. */
export const undeclaredAnswers = replying({
  id: 'client.capability.answers',
  title: 'the client serves no request for what it did not declare',
  level: sinceJune,
  clauses: citing('lifecycle/negotiated-capabilities'),
  asks: ({ method }, before) => standing(method, before) === 'undeclared',
  expected: 'an error',
  weigh: (body) => ({ is: 'result' in body ? 'wrong' : 'right', observed: answerText(body) }),
  judgesSilence: false,
  why: 'the server asked for nothing that the client did not declare',
});

/** What a client declares it can, it does not refuse as unknown. */
export const declaredAnswers = replying({
  id: 'client.capability.declared',
  title: 'the client knows the requests that it declared',
  level: always('ROBUST'),
  clauses: CITING_NOTHING,
  asks: ({ method }, before) => standing(method, before) === 'declared',
  expected: 'no error -32601',
  weigh: (body) => {
    const isUnknown = isJsonObject(body.error) && body.error.code === -32601;
    return { is: isUnknown ? 'wrong' : 'right', observed: answerText(body) };
  },
  judgesSilence: false,
  why: 'the server asked for nothing that the client declared',
});

function standing(method: string, before: ClientSession): 'declared' | 'undeclared' | null {
  const needed = neededOfClient(method);
  if (needed === null || before.opening === null) return null;
  return isDeclared(capabilities(before).client, needed) ? 'declared' : 'undeclared';
}
