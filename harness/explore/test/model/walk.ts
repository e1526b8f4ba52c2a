import type { System } from '../../src/contract.ts';
import type { Step } from '../../src/exploration.ts';

/**
 * A way through a system: each pick chooses among what is possible, counted round; every other one prefers what arrives, so that
 * what a session is for happens before its end. It ends where nothing is possible.
 */
export function walk(system: System, picks: readonly number[]): readonly Step[] {
  const steps: Step[] = [];
  let from = system.initial();
  for (const pick of picks) {
    const possible: Step[] = [];
    system.expand(from, (move, to) => possible.push({ from, move, to: to.slice() }));
    const arriving = possible.filter(({ move }) => system.move(move).name.includes('arrives'));
    const wanted = pick % 2 === 0 && arriving.length > 0 ? arriving : possible;
    const step = wanted[Math.floor(pick / 2) % Math.max(1, wanted.length)];
    if (step === undefined) break;
    steps.push(step);
    from = step.to;
  }
  return steps;
}
