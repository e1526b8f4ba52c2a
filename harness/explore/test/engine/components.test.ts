import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ComponentFinder } from '../../src/engine/components.ts';
import { EdgeList, type EdgeTable } from '../../src/engine/edge-list.ts';
import { distances } from './brute-force.ts';
import { type Graph, graphs, someStates } from './graphs.ts';

describe('the components', () => {
  it('of any graph put together what reaches each other, within the states that are asked for', () => {
    fc.assert(
      fc.property(graphs, fc.array(someStates, { minLength: 1, maxLength: 3 }), (graph, parts) => {
        // One finder for all, as it is used.
        const finder = new ComponentFinder(edgeTable(graph), graph.size);
        for (const part of parts) {
          const states = part.filter((state) => state < graph.size);
          expect(found(finder, states)).toEqual(together(graph, states));
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('of a ring that is too long for recursion are one', () => {
    const size = 200_000;
    const edges = Array.from({ length: size }, (_, state) => [state, 0, (state + 1) % size] as const);
    const finder = new ComponentFinder(edgeTable({ size, edges, fairness: [] }), size);
    const sizes: number[] = [];
    finder.find(
      Int32Array.from({ length: size }, (_, state) => state),
      (component) => sizes.push(component.length),
    );
    expect(sizes).toEqual([size]);
  });
});

function edgeTable({ size, edges }: Graph): EdgeTable {
  const list = new EdgeList();
  const sorted = edges.toSorted(([one], [other]) => one - other);
  let next = 0;
  for (let state = 0; state < size; state += 1) {
    list.beginState();
    for (let edge = sorted[next]; edge?.[0] === state; edge = sorted[next]) {
      list.add(edge[2], edge[1]);
      next += 1;
    }
  }
  return list.table(size);
}

function found(finder: ComponentFinder, states: readonly number[]): ReadonlySet<string> {
  const components = new Set<string>();
  finder.find(Int32Array.from(states), (component) => components.add([...component].toSorted().join()));
  return components;
}

function together({ edges }: Graph, states: readonly number[]): ReadonlySet<string> {
  const within = edges.filter(([from, , to]) => states.includes(from) && states.includes(to));
  const reaches = (one: number, other: number): boolean => distances(within, one).has(other);
  return new Set(
    states.map((one) =>
      states
        .filter((other) => reaches(one, other) && reaches(other, one))
        .toSorted()
        .join(),
    ),
  );
}
