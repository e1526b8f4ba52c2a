import type { Graph } from './graphs.ts';

/** Every edge of a graph that matters here. */
type Edge = Graph['edges'][number];

/**
 * How many moves away the nearest end of a counterexample is: a state in which `to` is owed since `from`, and where a run
 * may stop, or which is one of those that a run may visit again and again without `to`. Null when there is none.
 *
 * It knows no algorithm: a set of states can be the one that a run stays in if all of it reaches all of it, and nothing
 * that the world promises is broken by a run that takes every edge within it. So all sets are looked at.
 */
export function nearestCounterexample(graph: Graph, from: readonly number[], to: readonly number[]): number | null {
  const owing = statesOwing(graph, from, to);
  const rounds = subsets([...owing.keys()]).filter((set) => isFairRound(graph, set));
  const ends = [...owing].filter(([state]) => mayStop(graph, state) || rounds.some((set) => set.includes(state)));
  return ends.length === 0 ? null : Math.min(...ends.map(([, distance]) => distance));
}

/** Whether a run may take exactly these edges for ever, over and over; used on the cycles that are told. */
export function isFair(graph: Graph, taken: readonly Edge[]): boolean {
  const states = [...new Set(taken.map(([from]) => from))];
  const moves = new Set(taken.map(([, move]) => move));
  return graph.fairness.every((fairness, move) => {
    const possibleIn = states.filter((state) => graph.edges.some(([from, one]) => from === state && one === move));
    if (fairness === 'none' || moves.has(move)) return true;
    return fairness === 'weak' ? possibleIn.length < states.length : possibleIn.length === 0;
  });
}

/** Whether nothing is possible there that the world promises anything of. */
export function mayStop({ edges, fairness }: Graph, state: number): boolean {
  return edges.every(([from, move]) => from !== state || fairness[move] === 'none');
}

/** How far each state is from 0; what cannot be reached is not in it. */
export function distances(edges: readonly Edge[], start = 0): ReadonlyMap<number, number> {
  const found = new Map([[start, 0]]);
  for (const [state, distance] of found) {
    for (const [from, , to] of edges) if (from === state && !found.has(to)) found.set(to, distance + 1);
  }
  return found;
}

/** The states in which `to` is owed, and how far each is from 0 on a way on which it is. */
function statesOwing({ edges }: Graph, from: readonly number[], to: readonly number[]): ReadonlyMap<number, number> {
  const begins = [...distances(edges)].filter(([state]) => from.includes(state) && !to.includes(state));
  const open = edges.filter(([, , state]) => !to.includes(state));
  const owing = new Map<number, number>();
  for (const [begin, before] of begins) {
    for (const [state, further] of distances(open, begin)) {
      owing.set(state, Math.min(before + further, owing.get(state) ?? Number.POSITIVE_INFINITY));
    }
  }
  return owing;
}

function isFairRound(graph: Graph, set: readonly number[]): boolean {
  const within = graph.edges.filter(([from, , to]) => set.includes(from) && set.includes(to));
  if (within.length === 0) return false;
  const isConnected = set.every((state) => {
    const reached = distances(within, state);
    return set.every((other) => reached.has(other));
  });
  return isConnected && isFair(graph, within);
}

function subsets(states: readonly number[]): readonly (readonly number[])[] {
  return Array.from({ length: 2 ** states.length }, (_, set) => states.filter((_, index) => (set >> index) % 2 === 1));
}
