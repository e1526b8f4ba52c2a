import type { Json } from '@mcp-lifeline/trace';
import { always, citing } from '../by-revision.js';
import type { Invariant } from '../invariant.js';
import { type Crossing, crossings, shapeOf } from '../wire.js';
import { progressOf } from './tokens.js';

interface Last {
  readonly token: string;
  readonly seq: number;
  readonly progress: Json;
}

interface State {
  /** The last notification of each token. */
  readonly last: readonly Last[];
  /** Two in a row that grow: the last such pair. */
  readonly grew: readonly number[] | null;
  readonly wrong: { readonly evidence: readonly number[]; readonly observed: string } | null;
}

/** What progress says grows from each notification of a token to the next. */
export const progressIncreases: Invariant<State> = {
  id: 'progress.increases',
  title: 'progress grows with each notification',
  level: always('MUST'),
  clauses: citing('progress/increases'),
  needs: ['handshake', 'alive', 'progress', 'wholeRun'],
  initial: { last: [], grew: null, wrong: null },
  see: (state, event) => crossings(event).reduce((next, crossing) => seeOne(next, crossing, event.seq), state),
  verdict: ({ grew, wrong }, end) => {
    const expected = 'a greater number each time';
    if (wrong !== null) return { found: 'broken', expected, ...wrong };
    if (grew !== null) return { found: 'held', expected, observed: 'it grew', evidence: grew };
    if (end !== 'quiet') return { found: 'nothing', lacking: 'wholeRun', why: `the run ended (${end}) too early` };
    return { found: 'nothing', lacking: 'progress', why: 'no token was told of twice' };
  },
};

function seeOne(state: State, { from, message }: Crossing, seq: number): State {
  const told = from === 'server' ? progressOf(shapeOf(message)) : null;
  if (told === null || told.token === null || state.wrong !== null) return state;
  const { token, progress = null } = told;
  const before = state.last.find((one) => one.token === token);
  const last = [...state.last.filter((one) => one !== before), { token, seq, progress }];
  if (before === undefined) {
    if (typeof progress === 'number') return { ...state, last };
    return { ...state, wrong: { evidence: [seq], observed: `${JSON.stringify(progress)}, which is no number` } };
  }
  const evidence = [before.seq, seq];
  if (isGreater(progress, before.progress)) return { ...state, last, grew: evidence };
  const observed = `${JSON.stringify(before.progress)}, and then ${JSON.stringify(progress)}`;
  return { ...state, wrong: { evidence, observed } };
}

function isGreater(now: Json, before: Json): boolean {
  return typeof now === 'number' && typeof before === 'number' && now > before;
}
