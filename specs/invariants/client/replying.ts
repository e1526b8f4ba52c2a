import type { EndWhy, JsonObject } from '@mcp-lifeline/trace';
import type { Weighed } from '../answering.js';
import type { Finding, Invariant, Need } from '../invariant.js';
import { isWellFormed } from '../session.js';
import { seconds } from '../silence.js';
import {
  type ClientSession,
  type Message,
  NEW_CLIENT_SESSION,
  type OwedRequest,
  owedBy,
  seeMessages,
} from './session.js';

/** An invariant of the form: each request of the server's of this kind gets such an answer from the client. */
export interface Replying extends Pick<Invariant, 'id' | 'title' | 'level' | 'clauses'> {
  /** Whether a request puts the question; `before` is the session without it. */
  readonly asks: (request: { readonly method: string; readonly inBatch: boolean }, before: ClientSession) => boolean;
  readonly expected: string;
  readonly weigh: (body: JsonObject) => Weighed;
  /** False where an answer that never comes is the business of another invariant. */
  readonly judgesSilence: boolean;
  /** What is lacking where the question was never put; `serverRequest` by default. */
  readonly lacking?: Need;
  readonly why: string;
}

/** What it remembers. */
export interface ReplyingState {
  readonly session: ClientSession;
  /** The `seq` and key of each question that is open. */
  readonly asked: readonly { readonly seq: number; readonly key: string }[];
  readonly isAsked: boolean;
  readonly last: { readonly evidence: readonly number[]; readonly weighed: Weighed } | null;
  readonly worst: { readonly evidence: readonly number[]; readonly weighed: Weighed } | null;
}

/** Makes the invariant. A request that the server took back need not be answered, nor one that the end overtook. */
export function replying(rule: Replying): Invariant<ReplyingState> {
  const { id, title, level, clauses, lacking = 'serverRequest' } = rule;
  return {
    id,
    title,
    level,
    clauses,
    needs: [lacking, 'handshake', 'alive', 'fences', 'steadyMachine', 'wholeRun'],
    initial: { session: NEW_CLIENT_SESSION, asked: [], isAsked: false, last: null, worst: null },
    see: (state, event) => seeMessages(state, event, (...seen) => seeOne(rule, ...seen)),
    verdict: (state, end) => verdict(rule, lacking, state, end),
  };
}

function seeOne(rule: Replying, state: ReplyingState, message: Message, before: ClientSession): ReplyingState {
  const { shape, seq, from, inBatch } = message;
  if (from === 'server') {
    // What is no proper request need not be answered (`malformed-input-silence`), nor a batch where there are none.
    const isProper = isWellFormed(message.message) && (!inBatch || before.revision === '2025-03-26');
    if (!isProper || shape.kind !== 'request' || !rule.asks({ method: shape.method, inBatch }, before)) return state;
    return { ...state, isAsked: true, asked: [...state.asked, { seq, key: JSON.stringify(shape.id) }] };
  }
  const answer = owedBy(before, shape)?.request;
  if (shape.kind !== 'response' || answer === undefined) return state;
  const isAsked = ({ seq: at, key }: { seq: number; key: string }): boolean => at === answer.seq && key === answer.key;
  if (!state.asked.some(isAsked)) return state;
  const judged = { evidence: [answer.seq, seq], weighed: rule.weigh(shape.body) };
  const isWorse = graver(judged.weighed, state.worst?.weighed ?? null);
  const asked = state.asked.filter((one) => !isAsked(one));
  return { ...state, asked, last: judged, worst: isWorse ? judged : state.worst };
}

function graver(now: Weighed, worst: Weighed | null): boolean {
  return GRAVITY[now.is] > (worst === null ? 0 : GRAVITY[worst.is]);
}

const GRAVITY = { right: 0, open: 1, wrong: 2 } as const;

function verdict(rule: Replying, lacking: Need, state: ReplyingState, end: EndWhy): Finding {
  const { session, asked, worst, last, isAsked } = state;
  const { expected } = rule;
  if (worst?.weighed.is === 'wrong') {
    return { found: 'broken', expected, observed: worst.weighed.observed, evidence: worst.evidence };
  }
  const isOpen = ({ seq, key, cancelled }: OwedRequest): boolean =>
    cancelled === null && asked.some((one) => one.seq === seq && one.key === key);
  const findings = rule.judgesSilence
    ? session.owed.filter(isOpen).map((owed) => weighOwed(session, owed, expected, end))
    : [];
  const fault = findings.find(({ found }) => found === 'broken');
  if (fault !== undefined) return fault;
  if (worst?.weighed.is === 'open') {
    const { ambiguity, observed } = worst.weighed;
    return { found: 'open', ambiguity, expected, observed, evidence: worst.evidence };
  }
  const [want] = findings;
  if (want !== undefined) return want;
  if (last !== null) return { found: 'held', expected, observed: last.weighed.observed, evidence: last.evidence };
  if (isAsked)
    return { found: 'nothing', lacking: 'fences', why: 'what was asked was not answered, nor owed any more' };
  if (end !== 'quiet') return { found: 'nothing', lacking: 'wholeRun', why: `the run ended (${end}) too early` };
  return { found: 'nothing', lacking, why: rule.why };
}

/** What a person may be asked about: however many later requests were answered, this one may take its time. */
const HUMAN = ['sampling/createMessage', 'elicitation/create'];

/** Weighs a request of the server's that the client never answered: a fault needs fences, or a fair wait. */
function weighOwed(session: ClientSession, owed: OwedRequest, expected: string, end: EndWhy): Finding {
  const { waited, overAt } = session;
  const { method, seq, fences } = owed;
  if (owed.fenced && !HUMAN.includes(method)) {
    const observed = `no answer to ${method}, though ${fences} later requests were answered`;
    return { found: 'broken', expected, observed, evidence: [seq] };
  }
  if (waited !== null && waited.seq > seq && (overAt === null || waited.seq < overAt)) {
    // Our own lateness may not make up more than half of the wait.
    if (waited.lagMs * 2 <= waited.ms) {
      const observed = `no answer to ${method} within ${seconds(waited.ms)}`;
      return { found: 'broken', expected, observed, evidence: [seq, waited.seq] };
    }
    return { found: 'nothing', lacking: 'steadyMachine', why: `this machine was ${seconds(waited.lagMs)} late` };
  }
  if (overAt !== null)
    return { found: 'nothing', lacking: 'alive', why: `the session ended before ${method} was answered` };
  if (end !== 'quiet') return { found: 'nothing', lacking: 'wholeRun', why: `the run ended (${end}) too early` };
  return { found: 'nothing', lacking: 'fences', why: `nothing tells whether ${method} would have been answered` };
}
