import type { Json, TraceEvent } from '@mcp-lifeline/trace';
import type { AmbiguityId } from '../../clauses/ambiguities.generated.js';
import type { Invariant, Need } from '../invariant.js';
import { type ClientSession, type Message, NEW_CLIENT_SESSION, seeMessages } from './session.js';

/** What one message of the client's amounts to. */
export type Ruling =
  | { readonly is: 'right' }
  /** `after`: the events before it that make it so. */
  | { readonly is: 'wrong'; readonly observed: string; readonly after?: readonly (number | null | undefined)[] }
  | { readonly is: 'open'; readonly ambiguity: AmbiguityId; readonly observed: string };

/** An invariant of the form: each message of the client's of this kind is as it must be. */
export interface Obeying<M> extends Pick<Invariant, 'id' | 'title' | 'level' | 'clauses'> {
  /** What it has to know beyond the session, to begin with. */
  readonly memory: M;
  /** Takes in any message, after it was ruled on; `before` is the session without it. */
  readonly learn?: (memory: M, message: Message, before: ClientSession) => M;
  /** Rules on a message of the client's; null for what is no concern of this invariant. */
  readonly rule: (message: Message, before: ClientSession, memory: M) => Ruling | null;
  /** The events at which the session as a whole shows that it holds; null where it does not. */
  readonly shown?: (session: ClientSession) => readonly number[] | null;
  readonly expected: string;
  readonly lacking: Need;
  /** Why nothing could be judged, in words. */
  readonly why: string;
}

/** What it remembers. */
export interface ObeyingState<M> {
  readonly session: ClientSession;
  readonly memory: M;
  readonly right: number;
  readonly firstAt: number | null;
  readonly wrong: { readonly observed: string; readonly evidence: readonly number[] } | null;
  readonly open: { readonly seq: number; readonly ambiguity: AmbiguityId; readonly observed: string } | null;
}

/** A wrong message, with the earlier events that make it so. */
export function wrong(observed: string, ...after: readonly (number | null | undefined)[]): Ruling {
  return { is: 'wrong', observed, after };
}

/** A message as it must be. */
export const RIGHT: Ruling = { is: 'right' };

/** Makes the invariant. */
export function obeying<M = Json>(rule: Obeying<M>): Invariant<ObeyingState<M>> {
  const { id, title, level, clauses, expected, lacking, why } = rule;
  return {
    id,
    title,
    level,
    clauses,
    needs: [lacking, 'wholeRun'],
    initial: { session: NEW_CLIENT_SESSION, memory: rule.memory, right: 0, firstAt: null, wrong: null, open: null },
    see: (state, event: TraceEvent) => seeMessages(state, event, (...seen) => seeOne(rule, ...seen)),
    verdict: (state, end) => {
      if (state.wrong !== null) return { found: 'broken', expected, ...state.wrong };
      if (state.open !== null) {
        const { ambiguity, observed, seq } = state.open;
        return { found: 'open', ambiguity, expected, observed, evidence: [seq] };
      }
      if (state.firstAt !== null) {
        const observed = state.right === 1 ? 'so it was' : `so it was ${state.right} times`;
        return { found: 'held', expected, observed, evidence: [state.firstAt] };
      }
      const shown = rule.shown?.(state.session) ?? null;
      if (shown !== null) return { found: 'held', expected, observed: 'so it was', evidence: shown };
      if (end !== 'quiet') return { found: 'nothing', lacking: 'wholeRun', why: `the run ended (${end}) too early` };
      return { found: 'nothing', lacking, why };
    },
  };
}

function seeOne<M>(rule: Obeying<M>, state: ObeyingState<M>, message: Message, before: ClientSession): ObeyingState<M> {
  const ruling = message.from === 'client' ? rule.rule(message, before, state.memory) : null;
  const memory = rule.learn?.(state.memory, message, before) ?? state.memory;
  const next = { ...state, memory };
  const { seq } = message;
  switch (ruling?.is) {
    case 'right':
      return { ...next, right: state.right + 1, firstAt: state.firstAt ?? seq };
    case 'wrong': {
      const evidence = [...(ruling.after ?? []), seq].filter((one) => typeof one === 'number');
      return { ...next, wrong: state.wrong ?? { observed: ruling.observed, evidence: [...new Set(evidence)] } };
    }
    case 'open':
      return { ...next, open: state.open ?? { seq, ambiguity: ruling.ambiguity, observed: ruling.observed } };
    default:
      return next;
  }
}
