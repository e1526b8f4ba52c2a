import { type EndWhy, isJsonObject, type JsonObject } from '@mcp-lifeline/trace';
import type { AmbiguityId } from '../clauses/ambiguities.generated.js';
import { cancelledKey } from './cancel/cancelled-call.js';
import type { Finding, Invariant, Need } from './invariant.js';
import {
  agreedVersion,
  askedFor,
  hasLeft,
  isWellFormed,
  NEW_SESSION,
  type Pending,
  type Session,
  seeEach,
} from './session.js';
import { type Silence, weighSilence } from './silence.js';
import { type Crossing, idKey, shapeOf } from './wire.js';

/** What an answer amounts to; `observed` says it in words. */
export type Weighed =
  | { readonly is: 'right' | 'wrong'; readonly observed: string }
  | { readonly is: 'open'; readonly ambiguity: AmbiguityId; readonly observed: string };

/** A request, as far as an invariant may ask by it. */
export interface AskedRequest {
  readonly id: unknown;
  readonly method: string;
  readonly params: unknown;
  /** It was a member of a batch. */
  readonly inBatch: boolean;
  /** It was a member of a batch that has a notification as well. */
  readonly inMixedBatch: boolean;
}

/** An invariant of the form: each request of this kind gets such an answer. */
export interface Answering extends Pick<Invariant, 'id' | 'title' | 'level' | 'clauses'> {
  /** Whether a request puts the question; `session` is as it was just before it was sent. */
  readonly asks: (request: AskedRequest, session: Session) => boolean;
  readonly expected: string;
  readonly weigh: (body: JsonObject, exact: boolean) => Weighed;
  /** What an unanswered question means; a fault unless said otherwise. */
  readonly silence?: (observed: string) => Weighed;
  readonly needs?: readonly Need[];
  /** What it asks of in any session: members of a batch, what is written in an unusual way, what comes after a fault. */
  readonly isOf?: 'batches' | 'framing' | 'survival';
}

/** What it remembers. */
export interface AnsweringState {
  readonly session: Session;
  /** The `seq` and key of each question that was put, and not taken back. */
  readonly asked: readonly { readonly seq: number; readonly key: string }[];
  readonly answers: readonly { readonly evidence: readonly number[]; readonly weighed: Weighed }[];
}

/** Makes the invariant. */
export function answering(rule: Answering): Invariant<AnsweringState> {
  return {
    id: rule.id,
    title: rule.title,
    level: rule.level,
    clauses: rule.clauses,
    needs: [...(rule.needs ?? []), 'handshake', 'alive', 'fences', 'steadyMachine', 'wholeRun'],
    initial: { session: NEW_SESSION, asked: [], answers: [] },
    see: (state, event) => seeEach(state, event, (...message) => see(rule, ...message)),
    verdict: (state, end) => {
      const isAsked = (pending: Pending): boolean =>
        state.asked.some(({ seq, key }) => seq === pending.seq && key === pending.key);
      const silences = state.session.pending.filter(isAsked).map((asked) => weigh(rule, state.session, asked, end));
      const faults = silences.flatMap((silence) =>
        silence.shows === 'fault'
          ? [{ evidence: silence.evidence, weighed: (rule.silence ?? wrong)(silence.observed) }]
          : [],
      );
      const all = [...state.answers, ...faults];
      const worst = pick(all, 'wrong') ?? pick(all, 'open');
      if (worst !== undefined) return finding(rule.expected, worst.weighed, worst.evidence);
      for (const silence of silences) if (silence.shows === 'nothing') return silence.finding;
      const right = all.at(-1);
      if (right !== undefined) return finding(rule.expected, right.weighed, right.evidence);
      const lacking = state.session.initializedAt !== null && hasLeft(state.session) ? 'alive' : 'handshake';
      return { found: 'nothing', lacking, why: 'the question was never put' };
    },
  };
}

/** What an answer is, in words: a result or an error with its code. */
export function answerText(body: JsonObject): string {
  if (isJsonObject(body.error)) return `error ${JSON.stringify(body.error.code)} ${JSON.stringify(body.error.message)}`;
  if (body.result === undefined) return `error ${JSON.stringify(body.error)}`;
  const text = JSON.stringify(body.result);
  return `result ${text.length > 80 ? `${text.slice(0, 80)}…` : text}`;
}

function see(rule: Answering, state: AnsweringState, crossing: Crossing, before: Session, seq: number): AnsweringState {
  const shape = shapeOf(crossing.message);
  if (crossing.from === 'client') {
    // What the client took back need not be answered (cancellation/no-response): other invariants judge what becomes of it.
    const cancelled = cancelledKey(crossing.message);
    if (cancelled !== null && cancelled !== before.initializeKey) {
      return { ...state, asked: state.asked.filter(({ key }) => key !== cancelled) };
    }
    if (!isFair(rule, crossing, before)) return state;
    const { inBatch, inMixedBatch } = crossing;
    if (shape.kind !== 'request' || !rule.asks({ ...shape, inBatch, inMixedBatch }, before)) return state;
    return { ...state, asked: [...state.asked, { seq, key: idKey(shape.id) }] };
  }
  const answer = askedFor(before, shape);
  if (answer === null) return state;
  const isAsked = state.asked.some((asked) => asked.seq === answer.asked.seq && asked.key === answer.asked.key);
  if (!isAsked) return state;
  const weighed = rule.weigh(answer.body, answer.exact);
  return { ...state, answers: [...state.answers, { evidence: [answer.asked.seq, seq], weighed }] };
}

/** Whoever was sent what is no message may be deaf from then on: that is told by the rules of survival alone. */
function weigh({ isOf }: Answering, session: Session, asked: Pending, end: EndWhy): Silence {
  const silence = weighSilence(session, asked, end);
  const { malformedAt, strayResponseAt } = session;
  const isExcused = asked.seq > Math.min(malformedAt ?? Infinity, strayResponseAt ?? Infinity);
  if (silence.shows === 'nothing' || !isExcused || isOf === 'survival') return silence;
  const why = `${asked.method} came after what was no message`;
  return { shows: 'nothing', finding: { found: 'nothing', lacking: 'alive', why } };
}

/** Whether any server has to answer a request that is sent like this, as far as this invariant is concerned. */
function isFair({ isOf }: Answering, { message, inBatch }: Crossing, before: Session): boolean {
  // What is no proper request need not be answered (`malformed-input-silence`).
  if (!isWellFormed(message)) return false;
  // Batches are there in 2025-03-26 alone; elsewhere nobody has to understand one (`batch-elsewhere`).
  if (inBatch && isOf !== 'batches' && agreedVersion(before) !== '2025-03-26') return false;
  // What the bytes of a message do to a server is told by those of the family `framing`, each with its own level.
  return before.framed === 'plain' || isOf === 'framing';
}

function wrong(observed: string): Weighed {
  return { is: 'wrong', observed };
}

function pick<T extends { readonly weighed: Weighed }>(all: readonly T[], is: Weighed['is']): T | undefined {
  return all.find(({ weighed }) => weighed.is === is);
}

function finding(expected: string, weighed: Weighed, evidence: readonly number[]): Finding {
  const { observed } = weighed;
  if (weighed.is === 'open') return { found: 'open', ambiguity: weighed.ambiguity, expected, observed, evidence };
  return { found: weighed.is === 'right' ? 'held' : 'broken', expected, observed, evidence };
}
