import { isJsonObject, type JsonObject } from '@mcp-lifeline/trace';
import type { AmbiguityId } from '../../clauses/ambiguities.generated.js';
import { type Answering, type AnsweringState, answering, answerText, type Weighed } from '../answering.js';
import { always, CITING_NOTHING } from '../by-revision.js';
import type { Invariant } from '../invariant.js';

/** A question of what a server does with a request that comes out of turn. */
export interface OutOfTurn extends Pick<Answering, 'id' | 'title' | 'asks'> {
  readonly ambiguity: AmbiguityId;
}

/** Makes the invariant: whatever becomes of the request is left open, and told. */
export function outOfTurn({ ambiguity, ...rule }: OutOfTurn): Invariant<AnsweringState> {
  const open = (observed: string): Weighed => ({ is: 'open', ambiguity, observed });
  return answering({
    ...rule,
    level: always('NOTE'),
    clauses: CITING_NOTHING,
    expected: 'nothing in particular: the text is open',
    weigh: (body) => open(kindOfAnswer(body)),
    silence: open,
  });
}

/** What is in a result is of no interest here. */
function kindOfAnswer(body: JsonObject): string {
  return isJsonObject(body.result) ? 'a result' : answerText(body);
}
