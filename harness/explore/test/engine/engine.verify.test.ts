import { describe, expect, it } from 'vitest';
import type { System } from '../../src/contract.ts';
import { explore } from '../../src/engine/explore.ts';
import { compareWithXstateGraph } from './xstate-graph.ts';

describe('the engine', () => {
  it('comes to the end of ten million states, and keeps each in less than 80 bytes', () => {
    const { ending, states, edges, bytesPerState } = explore(odometer(7, 10), []);
    expect([ending, states, edges]).toEqual(['fixpoint', 10 ** 7, 7 * 10 ** 7]);
    expect(bytesPerState).toBeLessThan(80);
  });

  it('keeps less of each state than xstate/graph', () => {
    const [ours, ...theirs] = compareWithXstateGraph(5);
    expect(theirs.map(({ states }) => states)).toEqual([5 ** 5, 5 ** 5]);
    for (const { bytesPerState } of theirs) expect(ours?.bytesPerState).toBeLessThan(bytesPerState);
  });
});

/** Wheels side by side, each of which turns by a move of its own. */
function odometer(width: number, base: number): System {
  const next = new Int32Array(width);
  return {
    width,
    initial: () => new Int32Array(width),
    expand(row, visit) {
      for (let column = 0; column < width; column += 1) {
        next.set(row);
        next[column] = ((row[column] ?? 0) + 1) % base;
        visit(column, next);
      }
    },
    move: (move) => ({ name: `wheel ${move}`, fairness: 'weak' }),
  };
}
