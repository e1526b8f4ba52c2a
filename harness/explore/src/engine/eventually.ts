import type { Eventually } from '../contract.js';
import type { EdgeTable } from './edge-list.js';
import { nearestFairComponent } from './fair-components.js';
import type { Fairness } from './fairness.js';
import type { Outcome, Path } from './finding.js';
import { fairCycle } from './lasso.js';
import { pathTo, stepsOf } from './path.js';
import { Region } from './region.js';
import type { StateTable } from './state-table.js';

/** What was explored. */
export interface Graph {
  readonly states: StateTable;
  readonly edges: EdgeTable;
  readonly fairness: Fairness;
  /** How many states have told their moves: of the others nothing is known, and nothing is said. */
  readonly expanded: number;
}

/**
 * Whether a property holds on every run that is fair. A run that never gets what it must either stops, which it may where
 * nothing is possible that the world has promised anything of, or goes round for ever.
 */
export function judgeEventually(property: Eventually, graph: Graph): Outcome {
  const { states, edges, fairness, expanded } = graph;
  const region = new Region(property, states, edges);
  const place = (state: number): number => region.place(state);
  const stop = region.states.find((state) => state < expanded && fairness.mayStop(state));
  const round =
    region.states.length === 0 ? null : nearestFairComponent(region.states, place, edges, fairness, states.size);
  if (stop !== undefined && (round === null || place(stop) <= place(round.entry))) {
    const isEnd = edges.firsts[stop] === edges.firsts[stop + 1];
    const why = isEnd ? 'nothing is possible any more' : 'nothing more has to happen';
    return { status: 'violated', why, path: wayThrough(region, states, stop) };
  }
  if (round !== null) {
    const path = wayThrough(region, states, round.entry);
    const cycle = stepsOf(states, fairCycle(round, edges, fairness));
    return { status: 'violated', why: 'it may go round for ever', path, cycle };
  }
  if (expanded < states.size) return { status: 'undecided' };
  return { status: region.isAsked ? 'holds' : 'neverSeen' };
}

function wayThrough(region: Region, states: StateTable, target: number): Path {
  const { entry, hops } = region.way(target);
  return pathTo(states, entry, hops);
}
