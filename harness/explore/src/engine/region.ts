import type { Eventually } from '../contract.js';
import type { EdgeTable } from './edge-list.js';
import type { Hop } from './path.js';
import { NOWHERE, type StateTable } from './state-table.js';

/** What a state outside of the region has for a place. */
const OUTSIDE = -1;

/**
 * The states in which something is still owed: reached from one where `from` holds, along states where `to` does not.
 *
 * A run that stays in it for ever never gets what it must.
 */
export class Region {
  /** The nearest first: a place is an index of it. */
  readonly states: Int32Array;
  /** Whether `from` holds anywhere at all. */
  readonly isAsked: boolean;
  readonly #place: Int32Array;
  /** The state of the region that each was first reached from; {@link NOWHERE} where it begins. */
  readonly #via: Int32Array;
  readonly #edges: EdgeTable;

  constructor(property: Eventually, states: StateTable, edges: EdgeTable) {
    const { isOpen, begins, isAsked } = classify(property, states);
    this.isAsked = isAsked;
    this.#edges = edges;
    this.#place = new Int32Array(states.size).fill(OUTSIDE);
    this.#via = new Int32Array(begins.length === 0 ? 0 : states.size).fill(NOWHERE);
    this.states = begins.length === 0 ? new Int32Array(0) : this.#spread(begins, depthsOf(states), isOpen);
  }

  /** How near it is, compared with other states of the region. */
  place(state: number): number {
    return this.#place[state] as number;
  }

  /** The state where a shortest path enters the region on its way to one of it, and the steps from there. */
  way(target: number): { readonly entry: number; readonly hops: readonly Hop[] } {
    const hops: Hop[] = [];
    let to = target;
    for (let from = this.#via[to] as number; from !== NOWHERE; from = this.#via[to] as number) {
      hops.push({ from, move: this.#moveBetween(from, to), to });
      to = from;
    }
    return { entry: to, hops: hops.reverse() };
  }

  /** Level by level: a level is what the one before leads to, and what begins at that depth. */
  #spread(begins: readonly number[], depths: Int32Array, isOpen: Uint8Array): Int32Array {
    const { firsts, targets } = this.#edges;
    const order = new Int32Array(depths.length);
    let length = 0;
    const add = (state: number, via: number): void => {
      if (this.#place[state] !== OUTSIDE) return;
      this.#place[state] = length;
      this.#via[state] = via;
      order[length] = state;
      length += 1;
    };
    let next = 0;
    let expanded = 0;
    for (let depth = 0; next < begins.length || expanded < length; depth += 1) {
      const levelEnd = length;
      for (; expanded < levelEnd; expanded += 1) {
        const state = order[expanded] as number;
        const end = firsts[state + 1] as number;
        for (let edge = firsts[state] as number; edge < end; edge += 1) {
          const target = targets[edge] as number;
          if (isOpen[target] === 1) add(target, state);
        }
      }
      for (let state = begins[next]; state !== undefined && depths[state] === depth; state = begins[next]) {
        add(state, NOWHERE);
        next += 1;
      }
    }
    return order.slice(0, length);
  }

  #moveBetween(from: number, to: number): number {
    const { firsts, targets, moves } = this.#edges;
    return moves[targets.indexOf(to, firsts[from])] as number;
  }
}

function classify(property: Eventually, states: StateTable) {
  const isOpen = new Uint8Array(states.size);
  const begins: number[] = [];
  const row = new Int32Array(states.width);
  let isAsked = false;
  for (let state = 0; state < states.size; state += 1) {
    states.read(state, row);
    const isFrom = property.from(row);
    if (isFrom) isAsked = true;
    if (property.to(row)) continue;
    isOpen[state] = 1;
    if (isFrom) begins.push(state);
  }
  return { isOpen, begins, isAsked };
}

/** Of each state: states come in the order of meeting, so a predecessor's depth is known before it is asked for. */
function depthsOf(states: StateTable): Int32Array {
  const depths = new Int32Array(states.size);
  for (let state = 1; state < states.size; state += 1) {
    depths[state] = (depths[states.predecessor(state)] as number) + 1;
  }
  return depths;
}
