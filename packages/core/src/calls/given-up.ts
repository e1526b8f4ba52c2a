import type { GivenUp, Turn } from '../session/turn.js';

/** How many calls that we gave up are remembered, at least: a late answer to an older one counts as a duplicate. */
export const GIVEN_UP_KEPT = 1_024;

/** Remembers a call that nobody waits for any more, so that its late answer is no fault. */
export function giveUp(turn: Turn, id: number, as: GivenUp): void {
  turn.givenUp = turn.givenUp.set(id, as);
  if (turn.givenUp.size <= 2 * GIVEN_UP_KEPT) return;
  const ids = turn.givenUp.entries().map(([one]) => one);
  for (const old of ids.sort((a, b) => a - b).slice(0, -GIVEN_UP_KEPT)) turn.givenUp = turn.givenUp.delete(old);
}
