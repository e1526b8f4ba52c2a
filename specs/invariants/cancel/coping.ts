import type { EndWhy } from '@mcp-lifeline/trace';
import type { Finding, Invariant } from '../invariant.js';
import { askedFor, NEW_SESSION, type Session, seeEach } from '../session.js';
import { exitText, weighSilence } from '../silence.js';
import { type Crossing, shapeOf } from '../wire.js';
import { cancelledKey } from './cancelled-call.js';

/** An invariant of the form: a cancellation of this kind does no harm. */
export interface Coping extends Pick<Invariant, 'id' | 'title' | 'level' | 'clauses'> {
  /** Whether a cancellation is of this kind; `isOpen` tells that the request it names has no answer yet. */
  readonly counts: (isOpen: boolean) => boolean;
}

/** What it remembers. */
export interface CopingState {
  readonly session: Session;
  /** The `seq` of each cancellation of this kind. */
  readonly cancels: readonly number[];
  /** What any cancellation named: such a ping need not be answered. */
  readonly cancelled: readonly string[];
  /** The first response after one of them that belongs to no open request. */
  readonly stray: { readonly seq: number; readonly id: string } | null;
}

const EXPECTED = 'no reaction, and an answer to each later ping';

/** Makes the invariant: nothing is said to the cancellation, and the server lives and answers later pings. */
export function coping(rule: Coping): Invariant<CopingState> {
  return {
    id: rule.id,
    title: rule.title,
    level: rule.level,
    clauses: rule.clauses,
    needs: ['handshake', 'alive', 'fences', 'steadyMachine', 'wholeRun'],
    initial: { session: NEW_SESSION, cancels: [], cancelled: [], stray: null },
    see: (state, event) => seeEach(state, event, (...seen) => seeOne(rule, ...seen)),
    verdict,
  };
}

function seeOne(
  rule: Coping,
  state: CopingState,
  { from, message }: Crossing,
  before: Session,
  seq: number,
): CopingState {
  const shape = shapeOf(message);
  if (from === 'client') {
    if (shape.kind !== 'notification' || shape.method !== 'notifications/cancelled') return state;
    const key = cancelledKey(message);
    const isOpen = key !== null && before.pending.some((pending) => pending.key === key);
    const cancelled = key === null ? state.cancelled : [...state.cancelled, key];
    return { ...state, cancelled, cancels: rule.counts(isOpen) ? [...state.cancels, seq] : state.cancels };
  }
  if (shape.kind !== 'response' || state.cancels.length === 0 || state.stray !== null) return state;
  if (askedFor(before, shape) !== null) return state;
  return { ...state, stray: { seq, id: JSON.stringify(shape.id) ?? 'missing' } };
}

function verdict({ session, cancels, cancelled, stray }: CopingState, end: EndWhy): Finding {
  const [first] = cancels;
  if (first === undefined) {
    const lacking = session.answeredAt === null ? 'handshake' : 'alive';
    return { found: 'nothing', lacking, why: 'no such cancellation was sent' };
  }
  if (stray !== null) {
    const observed = `a response with id ${stray.id}, which no open request had`;
    return { found: 'broken', expected: EXPECTED, observed, evidence: [first, stray.seq] };
  }
  const pings = session.pending.filter(
    ({ method, seq, key }) => method === 'ping' && seq > first && key !== null && !cancelled.includes(key),
  );
  const silences = pings.map((ping) => weighSilence(session, ping, end));
  for (const silence of silences) {
    if (silence.shows !== 'fault') continue;
    const { observed, evidence } = silence;
    return { found: 'broken', expected: EXPECTED, observed: `a later ping got ${observed}`, evidence };
  }
  const { outputEndedAt, closingAt, exit } = session;
  if (outputEndedAt !== null && outputEndedAt > first && (closingAt === null || outputEndedAt < closingAt)) {
    const observed = exit === null ? 'the server closed its output' : `the server ${exitText(exit)}`;
    return { found: 'broken', expected: EXPECTED, observed, evidence: [first, outputEndedAt] };
  }
  for (const silence of silences) if (silence.shows === 'nothing') return silence.finding;
  const isFenced = session.pending.every(({ seq, fenced }) => fenced || !cancels.includes(seq));
  if (!isFenced) {
    if (end !== 'quiet') return { found: 'nothing', lacking: 'wholeRun', why: `the run ended (${end}) too early` };
    return { found: 'nothing', lacking: 'fences', why: 'too few later requests were answered to tell' };
  }
  const observed = `${cancels.length} of them, and later pings were answered`;
  return { found: 'held', expected: EXPECTED, observed, evidence: cancels };
}
