import type { End } from '@mcp-lifeline/trace';
import { always, CITING_NOTHING } from '../by-revision.js';
import type { Finding, Invariant } from '../invariant.js';
import { type Seen, seenBy } from './seen.js';

/** One application that handed over a clean-up. */
interface Life {
  readonly at: End;
  readonly setAt: number;
  readonly ran: readonly number[];
  readonly closed: { readonly seq: number; readonly graceful: boolean } | null;
}

interface State {
  readonly lives: readonly Life[];
}

/** A clean-up runs once on every graceful end, and not at all where the process is past repair. */
export const cleanUpOnce: Invariant<State> = {
  id: 'app.clean-up-once',
  title: 'the clean-up runs exactly once on a graceful end, and never on another',
  level: always('ROBUST'),
  clauses: CITING_NOTHING,
  needs: ['appPlane', 'wholeRun'],
  initial: { lives: [] },
  see: (state, event) => {
    const seen = seenBy(event);
    return seen === null ? state : { lives: see(state.lives, seen) };
  },
  verdict: ({ lives }, end): Finding => {
    const expected = 'one clean-up on a graceful end, none on another';
    for (const { setAt, ran, closed } of lives) {
      const most = closed?.graceful === false ? 0 : 1;
      const evidence = [setAt, ...ran, ...(closed === null ? [] : [closed.seq])].toSorted((a, b) => a - b);
      if (ran.length > most) return { found: 'broken', expected, observed: `${ran.length} clean-ups`, evidence };
      if (closed?.graceful && ran.length === 0) return { found: 'broken', expected, observed: 'none', evidence };
    }
    const ended = lives.flatMap(({ closed }) => (closed === null ? [] : [closed.seq]));
    if (ended.length > 0) return { found: 'held', expected, observed: 'as it must be', evidence: ended };
    if (end !== 'quiet') return { found: 'nothing', lacking: 'wholeRun', why: `the run ended (${end}) too early` };
    return { found: 'nothing', lacking: 'appPlane', why: 'no end of a session with a clean-up was recorded' };
  },
};

function see(lives: readonly Life[], { at, kind, data, seq }: Seen): readonly Life[] {
  if (kind === 'cleanUpSet') {
    return lives.some((one) => one.at === at) ? lives : [...lives, { at, setAt: seq, ran: [], closed: null }];
  }
  return lives.map((life) => {
    if (life.at !== at) return life;
    if (kind === 'cleanUpRan') return { ...life, ran: [...life.ran, seq] };
    if (kind !== 'closed' || life.closed !== null) return life;
    return { ...life, closed: { seq, graceful: data.graceful !== false } };
  });
}
