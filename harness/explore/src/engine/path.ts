import type { Step } from '../exploration.js';
import type { Path } from './finding.js';
import { NOWHERE, type StateTable } from './state-table.js';

/** A step between states that are known by their indices. */
export interface Hop {
  readonly from: number;
  readonly move: number;
  readonly to: number;
}

/** A shortest path to a state: the states were met breadth first, so the way by which each was met is one. */
export function pathTo(states: StateTable, target: number, further: readonly Hop[] = []): Path {
  const hops: Hop[] = [];
  let to = target;
  for (let from = states.predecessor(to); from !== NOWHERE; from = states.predecessor(to)) {
    hops.push({ from, move: states.move(to), to });
    to = from;
  }
  return { start: states.row(0), steps: stepsOf(states, [...hops.reverse(), ...further]) };
}

/** The same steps with the rows of their states. */
export function stepsOf(states: StateTable, hops: readonly Hop[]): readonly Step[] {
  return hops.map(({ from, move, to }) => ({ from: states.row(from), move, to: states.row(to) }));
}

/** Moves on a shortest path to a state. States that are met later are never nearer. */
export function depthOf(states: StateTable, target: number): number {
  let depth = 0;
  for (let from = states.predecessor(target); from !== NOWHERE; from = states.predecessor(from)) depth += 1;
  return depth;
}
