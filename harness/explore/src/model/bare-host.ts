import type { Script, ScriptMove } from './script.js';

/** What is left of what a host may ask for. */
interface Wishes {
  readonly starts: number;
  readonly closes: number;
  readonly kills: number;
}

/** A host without a session: it starts a process, closes it and kills it, in any order and so many times each. */
export function bareHost(wishes: Wishes): Script<Wishes> {
  return {
    role: 'client',
    bounds: { starts: wishes.starts, closes: wishes.closes, kills: wishes.kills },
    initial: wishes,
    hear: (state) => state,
    moves: ({ starts, closes, kills }) => [
      ...wish(starts, {
        name: 'starts the process',
        next: { starts: starts - 1, closes, kills },
        asks: { type: 'open' },
      }),
      ...wish(closes, {
        name: 'closes the process',
        next: { starts, closes: closes - 1, kills },
        asks: { type: 'close' },
      }),
      ...wish(kills, { name: 'kills the process', next: { starts, closes, kills: kills - 1 }, asks: { type: 'kill' } }),
    ],
    pingsHeld: () => [],
  };
}

function wish(left: number, move: Omit<ScriptMove<Wishes>, 'fairness' | 'sends'>): readonly ScriptMove<Wishes>[] {
  return left > 0 ? [{ ...move, fairness: 'none', sends: [] }] : [];
}
