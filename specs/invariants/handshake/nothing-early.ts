import type { TraceEvent } from '@mcp-lifeline/trace';
import type { AmbiguityId } from '../../clauses/ambiguities.generated.js';
import type { Finding, Invariant } from '../invariant.js';
import { askedFor, FENCES, NEW_SESSION, type Session, seeEach } from '../session.js';
import { type Crossing, shapeOf } from '../wire.js';

/** What it remembers. */
export interface NothingEarlyState {
  readonly session: Session;
  /** What of the kind in question came before we sent `initialized`. */
  readonly early: readonly { readonly seq: number; readonly method: string }[];
  /** Pings answered between the answer to `initialize` and `initialized`. */
  readonly pongs: number;
  /** `initialized` was held back on purpose, in ms. */
  readonly heldMs: number;
}

/** An invariant of the form: before `initialized` the server sends nothing of this kind. */
export interface NothingEarly extends Pick<Invariant, 'id' | 'title' | 'level' | 'clauses'> {
  /** The kind of message that is not to come, and which methods of it are excepted. */
  readonly kind: 'request' | 'notification';
  readonly except: string;
  readonly expected: string;
  /** Where the text leaves open whether it may come. */
  readonly ambiguity?: AmbiguityId;
}

/** Makes the invariant. */
export function nothingEarly(rule: NothingEarly): Invariant<NothingEarlyState> {
  return {
    id: rule.id,
    title: rule.title,
    level: rule.level,
    clauses: rule.clauses,
    needs: ['handshake', 'alive', 'fences', 'wholeRun'],
    initial: { session: NEW_SESSION, early: [], pongs: 0, heldMs: 0 },
    see: (state, event) => see(rule, state, event),
    verdict: (state, end) => verdict(rule, state, end),
  };
}

function verdict({ expected, ambiguity }: NothingEarly, state: NothingEarlyState, end: string): Finding {
  const { answeredAt, initializedAt } = state.session;
  const [first] = state.early;
  if (first !== undefined) {
    const evidence = [answeredAt, first.seq, initializedAt].filter((seq) => seq !== null);
    const observed = `${first.method} came before initialized`;
    if (ambiguity !== undefined) return { found: 'open', ambiguity, expected, observed, evidence };
    return { found: 'broken', expected, observed, evidence };
  }
  if (answeredAt !== null && initializedAt !== null && state.heldMs > 0 && state.pongs >= FENCES) {
    const observed = 'none while initialized was held back';
    return { found: 'held', expected, observed, evidence: [answeredAt, initializedAt] };
  }
  if (end !== 'quiet') return { found: 'nothing', lacking: 'wholeRun', why: `the run ended (${end}) too early` };
  if (answeredAt === null) return { found: 'nothing', lacking: 'handshake', why: 'initialize was not answered' };
  return { found: 'nothing', lacking: 'fences', why: 'the server was not seen alive before initialized' };
}

function see(rule: NothingEarly, state: NothingEarlyState, event: TraceEvent): NothingEarlyState {
  if (event.plane === 'note' && event.kind === 'held' && event.what === 'initialized') {
    return { ...state, heldMs: state.heldMs + event.ms };
  }
  return seeEach(state, event, (...message) => seeOne(rule, ...message));
}

function seeOne(
  { kind, except }: NothingEarly,
  state: NothingEarlyState,
  { from, message }: Crossing,
  before: Session,
  seq: number,
): NothingEarlyState {
  if (from === 'client' || before.initializedAt !== null) return state;
  const shape = shapeOf(message);
  if (shape.kind === kind && shape.method !== except) {
    return { ...state, early: [...state.early, { seq, method: shape.method }] };
  }
  const asked = askedFor(before, shape)?.asked;
  const isPong = asked?.method === 'ping' && asked.seq > (before.answeredAt ?? Number.MAX_SAFE_INTEGER);
  return isPong ? { ...state, pongs: state.pongs + 1 } : state;
}
