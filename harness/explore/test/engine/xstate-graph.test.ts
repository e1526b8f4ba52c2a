import { describe, expect, it } from 'vitest';
import { compareWithXstateGraph } from './xstate-graph.ts';

describe('the engine and xstate/graph', () => {
  it('walk through the same states and edges', () => {
    const walks = compareWithXstateGraph(3);
    expect(walks.map(({ by, states, edges }) => [by, states, edges])).toEqual([
      ['mcp-lifeline', 5 ** 3, 5 ** 3 * 12],
      ['getAdjacencyMap', 5 ** 3, 5 ** 3 * 12],
      ['getShortestPaths', 5 ** 3, null],
    ]);
  });
});
