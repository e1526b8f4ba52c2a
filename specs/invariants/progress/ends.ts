import { always, citing } from '../by-revision.js';
import type { Finding, Invariant } from '../invariant.js';
import { askedFor, FENCES, NEW_SESSION, type Pending, type Session, seeEach } from '../session.js';
import { type Crossing, idKey, shapeOf } from '../wire.js';
import { progressOf, tokenIn } from './tokens.js';

/** A request of ours that brought a token. */
interface Told {
  readonly askedAt: number;
  /** Its id by type and value: the members of a batch were sent at one time. */
  readonly key: string;
  readonly token: string;
  /** Notifications of progress before its answer. */
  readonly progresses: number;
  readonly answeredAt: number | null;
  /** Requests sent since the answer that were answered too, until one of them was sent on an idle session: `fenced`. */
  readonly fences: number;
  readonly fenced: boolean;
}

interface State {
  readonly session: Session;
  readonly told: readonly Told[];
  readonly late: readonly number[] | null;
}

/** After the answer to a request no progress is told of it. */
export const progressEnds: Invariant<State> = {
  id: 'progress.ends',
  title: 'progress ends with the answer',
  level: always('MUST'),
  clauses: citing('progress/stop-after-completion', 'progress/in-progress'),
  needs: ['progress', 'fences', 'alive', 'wholeRun'],
  initial: { session: NEW_SESSION, told: [], late: null },
  see: (state, event) => seeEach(state, event, seeOne),
  verdict: ({ told, late }, end): Finding => {
    const expected = 'no progress after the answer';
    if (late !== null) return { found: 'broken', expected, observed: 'progress after the answer', evidence: late };
    const shown = told.find(({ progresses, fenced }) => progresses > 0 && fenced);
    if (shown !== undefined && shown.answeredAt !== null) {
      return { found: 'held', expected, observed: 'none', evidence: [shown.askedAt, shown.answeredAt] };
    }
    if (end !== 'quiet') return { found: 'nothing', lacking: 'wholeRun', why: `the run ended (${end}) too early` };
    if (!told.some(({ progresses }) => progresses > 0)) {
      return { found: 'nothing', lacking: 'progress', why: 'the server told of no progress' };
    }
    return { found: 'nothing', lacking: 'fences', why: 'too few later requests were answered to tell' };
  },
};

function seeOne(state: State, { from, message }: Crossing, before: Session, seq: number): State {
  const shape = shapeOf(message);
  if (from === 'client') {
    const token = shape.kind === 'request' ? tokenIn(shape.params) : null;
    if (shape.kind !== 'request' || token === null) return state;
    return { ...state, told: [...state.told, { ...NEW, askedAt: seq, key: idKey(shape.id), token }] };
  }
  if (state.told.length === 0) return state;
  const answer = askedFor(before, shape);
  if (answer !== null) return { ...state, told: state.told.map((one) => seeAnswer(one, answer.asked, seq)) };
  const token = progressOf(shape)?.token ?? null;
  const own = token === null ? undefined : state.told.findLast((one) => one.token === token);
  if (own === undefined) return state;
  if (own.answeredAt !== null) return { ...state, late: state.late ?? [own.askedAt, own.answeredAt, seq] };
  return { ...state, told: state.told.map((one) => (one === own ? { ...own, progresses: own.progresses + 1 } : one)) };
}

function seeAnswer(told: Told, asked: Pending, seq: number): Told {
  if (asked.seq === told.askedAt && asked.key === told.key) return { ...told, answeredAt: told.answeredAt ?? seq };
  if (told.fenced || told.answeredAt === null || asked.seq < told.answeredAt) return told;
  const fences = told.fences + 1;
  return { ...told, fences, fenced: told.fenced || (asked.idle && fences >= FENCES) };
}

const NEW: Omit<Told, 'askedAt' | 'key' | 'token'> = { progresses: 0, answeredAt: null, fences: 0, fenced: false };
