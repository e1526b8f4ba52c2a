import type { EdgeTable } from './edge-list.js';
import type { FairComponent } from './fair-components.js';
import { type Fairness, STRONG, WEAK } from './fairness.js';
import type { Hop } from './path.js';

/**
 * Steps from the entry of a fair component back to it that may be repeated for ever: a short way round, and a detour for
 * each promise of the world that this way would break.
 */
export function fairCycle({ states, entry }: FairComponent, edges: EdgeTable, fairness: Fairness): readonly Hop[] {
  const ways = new Ways(states, edges);
  const cycle = [...ways.nearest(entry, ({ to }) => to === entry)];
  for (let goal = brokenPromise(cycle, edges, fairness); goal !== null; goal = brokenPromise(cycle, edges, fairness)) {
    const detour = ways.nearest(entry, goal);
    const last = detour.at(-1)?.to ?? entry;
    cycle.push(...detour, ...(last === entry ? [] : ways.nearest(last, ({ to }) => to === entry)));
  }
  return cycle;
}

type Goal = (hop: Hop) => boolean;

/** The hop that is missing on a cycle, if one is. */
function brokenPromise(cycle: readonly Hop[], edges: EdgeTable, fairness: Fairness): Goal | null {
  const possible = cycle.map(({ from }) => movesOf(from, edges));
  const taken = new Set(cycle.map(({ move }) => move));
  for (const move of new Set(possible.flatMap((moves) => [...moves]))) {
    if (taken.has(move)) continue;
    if (fairness.of[move] === STRONG) return (hop) => hop.move === move;
    if (fairness.of[move] === WEAK && possible.every((moves) => moves.has(move))) {
      return (hop) => hop.move === move || !movesOf(hop.to, edges).has(move);
    }
  }
  return null;
}

function movesOf(state: number, { firsts, moves }: EdgeTable): ReadonlySet<number> {
  return new Set(moves.subarray(firsts[state], firsts[state + 1]));
}

/** Shortest ways within a component. */
class Ways {
  readonly #edges: EdgeTable;
  /** 1 for what belongs to the component. */
  readonly #inside: Uint8Array;

  constructor(component: Int32Array, edges: EdgeTable) {
    this.#edges = edges;
    this.#inside = new Uint8Array(edges.firsts.length);
    for (const state of component) this.#inside[state] = 1;
  }

  /** A shortest way that ends with such a hop. @throws Error when there is none: the component was not what it must be */
  nearest(start: number, isGoal: Goal): readonly Hop[] {
    const { firsts, targets, moves } = this.#edges;
    const cameBy = new Map<number, Hop | null>([[start, null]]);
    for (const from of cameBy.keys()) {
      const end = firsts[from + 1] as number;
      for (let edge = firsts[from] as number; edge < end; edge += 1) {
        const hop = { from, move: moves[edge] as number, to: targets[edge] as number };
        if (this.#inside[hop.to] === 0) continue;
        if (isGoal(hop)) return [...wayBack(from, cameBy), hop];
        if (!cameBy.has(hop.to)) cameBy.set(hop.to, hop);
      }
    }
    throw new Error('a component that was found to be fair has no fair cycle');
  }
}

function wayBack(state: number, cameBy: ReadonlyMap<number, Hop | null>): readonly Hop[] {
  const hops: Hop[] = [];
  for (let hop = cameBy.get(state); hop != null; hop = cameBy.get(hop.from)) hops.push(hop);
  return hops.reverse();
}
