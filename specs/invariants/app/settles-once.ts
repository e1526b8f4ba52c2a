import { always, CITING_NOTHING } from '../by-revision.js';
import type { Finding, Invariant } from '../invariant.js';
import { type Seen, seenBy, textIn } from './seen.js';

interface Open {
  readonly key: string;
  readonly seq: number;
  readonly method: string;
}

interface State {
  readonly open: readonly Open[];
  /** How many calls settled. */
  readonly settled: number;
  readonly firstAt: number | null;
  readonly wrong: { readonly evidence: readonly number[]; readonly observed: string } | null;
}

/**
 * Whatever the application calls comes to one end, and does so before it is told that the session closed.
 *
 * A call that is made on a closed session settles as well, later.
 */
export const settlesOnce: Invariant<State> = {
  id: 'app.settles-once',
  title: 'each call settles exactly once, and before the session is closed',
  level: always('ROBUST'),
  clauses: CITING_NOTHING,
  needs: ['appPlane', 'wholeRun'],
  initial: { open: [], settled: 0, firstAt: null, wrong: null },
  see: (state, event) => {
    const seen = seenBy(event);
    return seen === null || state.wrong !== null ? state : see(state, seen);
  },
  verdict: ({ open, settled, firstAt, wrong }, end): Finding => {
    const expected = 'one end to each call';
    if (wrong !== null) return { found: 'broken', expected, ...wrong };
    const [first] = open;
    if (first !== undefined) {
      return { found: 'nothing', lacking: 'wholeRun', why: `the run ended (${end}) before ${first.method} settled` };
    }
    if (firstAt === null) return { found: 'nothing', lacking: 'appPlane', why: 'no call was recorded' };
    return { found: 'held', expected, observed: `${settled} calls, each settled once`, evidence: [firstAt] };
  },
};

function see(state: State, { at, kind, key, data, seq }: Seen): State {
  if (kind === 'closed') {
    const left = state.open.find((one) => one.key.startsWith(`${at} `));
    if (left === undefined) return state;
    return { ...state, wrong: { evidence: [left.seq, seq], observed: `${left.method} was open when it closed` } };
  }
  if (key === null) return state;
  if (kind === 'called') {
    const other = state.open.find((one) => one.key === key);
    if (other !== undefined) {
      return { ...state, wrong: { evidence: [other.seq, seq], observed: 'one key for two open calls' } };
    }
    const method = textIn(data, 'method') ?? 'a call';
    return { ...state, open: [...state.open, { key, seq, method }], firstAt: state.firstAt ?? seq };
  }
  if (kind !== 'settled') return state;
  const open = state.open.filter((one) => one.key !== key);
  if (open.length < state.open.length) return { ...state, open, settled: state.settled + 1 };
  return { ...state, wrong: { evidence: [seq], observed: 'a call settled that was not open' } };
}
