import { type AnsweringState, answering, answerText } from '../answering.js';
import type { Invariant } from '../invariant.js';

/** An invariant of the form: what is written in such a way is answered all the same. */
export interface Framed extends Pick<Invariant, 'id' | 'title' | 'level' | 'clauses'> {
  /** The way, as the notes of the kind `framed` name it. */
  readonly how: string;
  readonly expected: string;
}

/** Makes the invariant: each request that is written so gets an answer, of whatever kind, under its own id. */
export function framed({ how, ...rule }: Framed): Invariant<AnsweringState> {
  return answering({
    ...rule,
    isOf: 'framing',
    asks: (_, session) => session.framed === how,
    weigh: (body) => ({ is: 'right', observed: answerText(body) }),
  });
}
