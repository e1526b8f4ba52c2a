import { type AnsweringState, answering, answerText } from './answering.js';
import type { Invariant } from './invariant.js';
import type { Session } from './session.js';

/** An invariant of the form: whatever came before, the server still answers. */
export interface Surviving extends Pick<Invariant, 'id' | 'title' | 'level' | 'clauses'> {
  /** Whether it came before a request, by the session as it was just before that request was sent. */
  readonly after: (session: Session) => boolean;
  /** What came before, in words. */
  readonly what: string;
}

/** Requests that any server answers, with a result or with an error; a server without pings is judged by the other. */
const METHODS = ['ping', 'tools/list'];

/**
 * Makes the invariant: a ping or a list of tools that is sent after it gets an answer, of whatever kind. What the server
 * already left unanswered before is no question: that is another fault.
 */
export function surviving({ after, what, ...rule }: Surviving): Invariant<AnsweringState> {
  return answering({
    ...rule,
    isOf: 'survival',
    asks: ({ method }, session) => METHODS.includes(method) && after(session) && !isOpen(session, method),
    expected: `an answer to a request after ${what}`,
    weigh: (body) => ({ is: 'right', observed: answerText(body) }),
  });
}

function isOpen({ pending }: Session, method: string): boolean {
  return pending.some((open) => open.kind === 'request' && open.method === method);
}
