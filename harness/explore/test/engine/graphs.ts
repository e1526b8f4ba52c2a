import fc from 'fast-check';
import type { Always, Eventually, MoveInfo, Sometimes, System } from '../../src/contract.ts';
import type { Finding } from '../../src/engine/finding.ts';

/** A system written down edge by edge. States are numbers from 0 on; it begins in 0. */
export interface Graph {
  readonly size: number;
  readonly edges: readonly (readonly [from: number, move: number, to: number])[];
  /** Of each move. */
  readonly fairness: readonly MoveInfo['fairness'][];
}

/** The rows are one number wide: that of the state. */
export function systemOf({ edges, fairness }: Graph): System {
  return {
    width: 1,
    initial: () => Int32Array.of(0),
    expand(row, visit) {
      for (const [from, move, to] of edges) if (from === row[0]) visit(move, Int32Array.of(to));
    },
    move: (move) => ({ name: `move ${move}`, fairness: fairness[move] ?? 'none' }),
  };
}

export function always(isBad: (state: number) => boolean, id = 'always'): Always {
  return { id, title: id, kind: 'always', violation: ([state = 0]) => (isBad(state) ? `${state} is bad` : null) };
}

export function sometimes(isSeen: (state: number) => boolean, id = 'sometimes'): Sometimes {
  return { id, title: id, kind: 'sometimes', seen: ([state = 0]) => isSeen(state) };
}

export function eventually(from: readonly number[], to: readonly number[], id = 'eventually'): Eventually {
  const holdsIn = (states: readonly number[]) => (row: Int32Array) => states.includes(row[0] ?? 0);
  return { id, title: id, kind: 'eventually', from: holdsIn(from), to: holdsIn(to) };
}

/** The states on the way to what was found, the first one included. */
export function statesOf(finding: Finding | undefined): readonly number[] {
  if (finding?.status !== 'violated' && finding?.status !== 'witnessed') throw new Error(`it is ${finding?.status}`);
  const { start, steps } = finding.path;
  return [start, ...steps.map(({ to }) => to)].map(([state = 0]) => state);
}

/** Small systems of every shape. Few states and moves: what is to be compared is compared with all subsets of them. */
export const graphs: fc.Arbitrary<Graph> = fc.integer({ min: 1, max: 7 }).chain((size) => {
  const state = fc.integer({ min: 0, max: size - 1 });
  return fc.record({
    size: fc.constant(size),
    edges: fc.array(fc.tuple(state, fc.integer({ min: 0, max: 4 }), state), { maxLength: 16 }),
    fairness: fc.array(fc.constantFrom('weak', 'strong', 'none'), { minLength: 5, maxLength: 5 }),
  });
});

/** Some of the states of a small system. */
export const someStates: fc.Arbitrary<readonly number[]> = fc.uniqueArray(fc.integer({ min: 0, max: 6 }));
