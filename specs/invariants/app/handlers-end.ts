import { always, CITING_NOTHING } from '../by-revision.js';
import type { Finding, Invariant } from '../invariant.js';
import { type Seen, seenBy, textIn } from './seen.js';

interface State {
  readonly running: readonly { readonly key: string; readonly seq: number; readonly method: string }[];
  readonly endedAt: number | null;
  readonly wrong: { readonly evidence: readonly number[]; readonly observed: string } | null;
}

/** A handler that still runs when the session closes was told to stop before. */
export const handlersEnd: Invariant<State> = {
  id: 'app.handlers-end',
  title: 'each handler has ended or was aborted when the session is closed',
  level: always('ROBUST'),
  clauses: CITING_NOTHING,
  needs: ['appPlane', 'wholeRun'],
  initial: { running: [], endedAt: null, wrong: null },
  see: (state, event) => {
    const seen = seenBy(event);
    return seen === null || state.wrong !== null ? state : see(state, seen);
  },
  verdict: ({ running, endedAt, wrong }, end): Finding => {
    const expected = 'an end or an abort of each handler before the session is closed';
    if (wrong !== null) return { found: 'broken', expected, ...wrong };
    const [first] = running;
    if (first !== undefined) {
      return { found: 'nothing', lacking: 'wholeRun', why: `the run ended (${end}) before ${first.method} did` };
    }
    if (endedAt === null) return { found: 'nothing', lacking: 'appPlane', why: 'no handler was recorded' };
    return { found: 'held', expected, observed: 'so it was', evidence: [endedAt] };
  },
};

function see(state: State, { at, kind, key, data, seq }: Seen): State {
  if (kind === 'closed') {
    const left = state.running.find((one) => one.key.startsWith(`${at} `));
    if (left === undefined) return state;
    const observed = `the handler of ${left.method} was running, and was not aborted`;
    return { ...state, wrong: { evidence: [left.seq, seq], observed } };
  }
  if (key === null) return state;
  if (kind === 'handlerStarted') {
    const method = textIn(data, 'method') ?? 'a request';
    return { ...state, running: [...state.running, { key, seq, method }] };
  }
  if (kind !== 'handlerEnded' && kind !== 'handlerAborted') return state;
  return { ...state, running: state.running.filter((one) => one.key !== key), endedAt: state.endedAt ?? seq };
}
