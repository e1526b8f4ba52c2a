import type { TraceEvent } from '@mcp-lifeline/trace';
import { always, citing } from '../by-revision.js';
import type { Invariant } from '../invariant.js';
import { askedFor, FENCES, NEW_SESSION, type Session, seeEach } from '../session.js';
import { type Crossing, shapeOf } from '../wire.js';

interface State {
  readonly session: Session;
  /** The server's requests other than ping that came before we sent `initialized`. */
  readonly early: readonly { readonly seq: number; readonly method: string }[];
  /** Pings answered between the answer to `initialize` and `initialized`. */
  readonly pongs: number;
  /** `initialized` was held back on purpose, in ms. */
  readonly heldMs: number;
}

/** Between its answer to `initialize` and the client's `initialized` a server sends no request but ping. */
export const noEarlyRequests: Invariant<State> = {
  id: 'handshake.no-early-requests',
  title: 'the server sends no request but ping before initialized',
  level: always('SHOULD'),
  clauses: citing('lifecycle/early-server-requests'),
  needs: ['handshake', 'alive', 'fences', 'wholeRun'],
  initial: { session: NEW_SESSION, early: [], pongs: 0, heldMs: 0 },
  see,
  verdict: (state, end) => {
    const expected = 'no request but ping before initialized';
    const [first] = state.early;
    if (first !== undefined) {
      const evidence = [state.session.answeredAt, first.seq, state.session.initializedAt].filter((seq) => seq !== null);
      return { found: 'broken', expected, observed: `${first.method} came before initialized`, evidence };
    }
    const { answeredAt, initializedAt } = state.session;
    if (answeredAt !== null && initializedAt !== null && state.heldMs > 0 && state.pongs >= FENCES) {
      const observed = `none while initialized was held back for ${state.heldMs} ms`;
      return { found: 'held', expected, observed, evidence: [answeredAt, initializedAt] };
    }
    if (end !== 'quiet') return { found: 'nothing', lacking: 'wholeRun', why: `the run ended (${end}) too early` };
    if (answeredAt === null) return { found: 'nothing', lacking: 'handshake', why: 'initialize was not answered' };
    return { found: 'nothing', lacking: 'fences', why: 'the server was not seen alive before initialized' };
  },
};

function see(state: State, event: TraceEvent): State {
  if (event.plane === 'note' && event.kind === 'held' && event.what === 'initialized') {
    return { ...state, heldMs: state.heldMs + event.ms };
  }
  return seeEach(state, event, seeOne);
}

function seeOne(state: State, { from, message }: Crossing, before: Session, seq: number): State {
  if (from === 'client' || before.initializedAt !== null) return state;
  const shape = shapeOf(message);
  if (shape.kind === 'request' && shape.method !== 'ping') {
    return { ...state, early: [...state.early, { seq, method: shape.method }] };
  }
  const asked = askedFor(before, shape)?.asked;
  const isPong = asked?.method === 'ping' && asked.seq > (before.answeredAt ?? Number.MAX_SAFE_INTEGER);
  return isPong ? { ...state, pongs: state.pongs + 1 } : state;
}
