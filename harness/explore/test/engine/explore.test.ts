import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { System } from '../../src/contract.ts';
import { type ExploreProgress, explore } from '../../src/engine/explore.ts';
import { distances } from './brute-force.ts';
import { always, eventually, graphs, sometimes, statesOf, systemOf } from './graphs.ts';

/** Counts from 0 to `last`; one move on, and one back to 0. */
function counter(last: number): System {
  const on = Array.from({ length: last }, (_, state) => [state, 0, state + 1] as const);
  return systemOf({ size: last + 1, edges: [...on, [last, 1, 0]], fairness: ['weak', 'none'] });
}

/** Rows of `width` numbers up to `base`, each of which is counted up by a move of its own and wraps round. */
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
    move: (move) => ({ name: `column ${move}`, fairness: 'weak' }),
  };
}

describe('an exploration', () => {
  it('meets every state of a product once, and counts its edges and its depth', () => {
    expect(explore(odometer(5, 6), [])).toMatchObject({
      ending: 'fixpoint',
      states: 6 ** 5,
      edges: 5 * 6 ** 5,
      depth: 25,
      terminals: 0,
    });
  });

  it('tells rows apart whatever numbers are in them', () => {
    const large = [0, 1, 65_535, 65_536, 2 ** 30, 2 ** 31 - 1];
    const system = odometer(3, large.length);
    const decode = (row: Int32Array): Int32Array => row.map((number) => large.indexOf(number));
    const spread: System = {
      ...system,
      expand: (row, visit) =>
        system.expand(decode(row), (move, next) =>
          visit(
            move,
            next.map((n) => large[n] ?? 0),
          ),
        ),
    };
    expect(explore(spread, [])).toMatchObject({ ending: 'fixpoint', states: large.length ** 3 });
  });

  it('goes on where a system hands out the same row again and again', () => {
    const { states, findings } = explore(odometer(2, 3), [sometimes((first) => first === 2)]);
    expect([states, statesOf(findings[0])]).toEqual([9, [0, 1, 2]]);
  });

  it('counts the states that have no move', () => {
    const edges = [
      [0, 0, 1],
      [0, 0, 2],
      [2, 0, 2],
    ] as const;
    expect(explore(systemOf({ size: 3, edges, fairness: [] }), []).terminals).toBe(1);
  });

  it('keeps no edges where nobody asks what follows', () => {
    expect(explore(odometer(2, 9), [always(() => false)]).edgeBytesPerState).toBe(0);
    expect(explore(odometer(2, 9), [eventually([0], [1])]).edgeBytesPerState).toBeGreaterThan(0);
  });

  it('costs a state its row, 8 bytes and its slots', () => {
    const { bytesPerState } = explore(odometer(4, 19), []);
    expect(bytesPerState).toBeGreaterThanOrEqual(4 * 4 + 8 + 8);
    expect(bytesPerState).toBeLessThanOrEqual(4 * 4 + 8 + 16 + 4);
  });

  it('tells how far it is now and then', () => {
    const told: ExploreProgress[] = [];
    explore(odometer(3, 32), [], { onProgress: (progress) => told.push(progress) });
    expect(told.map(({ expanded }) => expanded)).toEqual([8_192, 16_384, 24_576, 32_768]);
    expect(told.at(-1)).toEqual({ states: 32_768, expanded: 32_768, edges: 3 * 32_768, depth: 93 });
  });
});

describe('what must always hold', () => {
  it('does where no state breaks it', () => {
    const [found] = explore(counter(9), [always((state) => state > 9)]).findings;
    expect(found?.status).toBe('holds');
  });

  it('is broken by a state, with the moves that lead to it', () => {
    const [found] = explore(counter(9), [always((state) => state === 3)]).findings;
    expect(found).toMatchObject({ status: 'violated', why: '3 is bad' });
    expect(statesOf(found)).toEqual([0, 1, 2, 3]);
  });

  it('may be broken from the first', () => {
    const [found] = explore(counter(9), [always((state) => state === 0)]).findings;
    expect(statesOf(found)).toEqual([0]);
  });

  it('is judged to the end for each, though one is broken', () => {
    const both = [always((state) => state === 3, 'a'), always((state) => state === 7, 'b')];
    const { ending, findings } = explore(counter(9), both);
    expect(ending).toBe('fixpoint');
    expect(findings.map((found) => statesOf(found).length)).toEqual([4, 8]);
  });

  it('ends the exploration where that is asked for', () => {
    const both = [always((state) => state === 3, 'a'), always((state) => state === 7, 'b'), sometimes(() => false)];
    const { ending, states, findings } = explore(counter(9), both, { stopAtViolation: true });
    expect([ending, states]).toEqual(['violation', 4]);
    expect(findings.map(({ status }) => status)).toEqual(['violated', 'undecided', 'undecided']);
  });
});

describe('a witness', () => {
  it('is the nearest state that is one, with the moves that lead to it', () => {
    const [found] = explore(counter(9), [sometimes((state) => state > 1)]).findings;
    expect(found?.status).toBe('witnessed');
    expect(statesOf(found)).toEqual([0, 1, 2]);
  });

  it('may be a step that leads to a state that was met before', () => {
    const system = counter(4);
    let taken = -1;
    const watched: System = {
      ...system,
      expand: (row, visit) =>
        system.expand(row, (move, next) => {
          taken = move;
          visit(move, next);
        }),
    };
    const [found] = explore(watched, [{ ...sometimes(() => false), seen: () => taken === 1 }]).findings;
    expect(statesOf(found)).toEqual([0, 1, 2, 3, 4, 0]);
  });

  it('may be the first state', () => {
    const [found] = explore(counter(9), [sometimes((state) => state === 0)]).findings;
    expect(statesOf(found)).toEqual([0]);
  });

  it('may not be there', () => {
    const [found] = explore(counter(9), [sometimes((state) => state > 9)]).findings;
    expect(found?.status).toBe('neverSeen');
  });
});

describe('an exploration that is stopped early', () => {
  it('says that it is not at a fixpoint, and leaves open what it did not see', () => {
    const properties = [always(() => false), sometimes((state) => state === 9), sometimes((state) => state === 2)];
    const { ending, states, findings } = explore(counter(9), properties, { maxStates: 5 });
    expect([ending, states]).toEqual(['limit', 5]);
    expect(findings.map(({ status }) => status)).toEqual(['undecided', 'undecided', 'witnessed']);
  });

  it('is at one where there are no more states than it may meet', () => {
    expect(explore(counter(9), [], { maxStates: 11 }).ending).toBe('fixpoint');
  });
});

describe('a system that throws', () => {
  const broken: System = {
    ...counter(9),
    expand(row, visit) {
      if (row[0] === 4) throw new Error('no such state');
      counter(9).expand(row, visit);
    },
  };

  it('ends the exploration, with the way to the state that it threw in', () => {
    const { ending, thrown, findings } = explore(broken, [always(() => false)]);
    expect([ending, findings[0]?.status]).toEqual(['thrown', 'undecided']);
    expect(thrown?.error).toEqual(new Error('no such state'));
    expect(thrown?.path.steps.map(({ to }) => to[0])).toEqual([1, 2, 3, 4]);
  });

  it('proves nothing of what follows: it may have told only some of the moves of its last state', () => {
    const torn: System = {
      ...counter(9),
      expand(row, visit) {
        visit(1, row);
        throw new Error('torn');
      },
    };
    expect(explore(torn, [eventually([0], [9])]).findings[0]?.status).toBe('undecided');
  });

  it('is not mixed up with a property that does', () => {
    const property = sometimes((state) => {
      if (state === 2) throw new Error('badly written');
      return false;
    });
    expect(() => explore(counter(9), [property])).toThrow('badly written');
  });
});

describe('on any system', () => {
  it('the states, the edges and the shortest ways are those of a plain search', () => {
    fc.assert(
      fc.property(graphs, fc.nat(6), (graph, goal) => {
        const reached = distances(graph.edges);
        const { states, edges, depth, terminals, findings } = explore(systemOf(graph), [
          always((state) => state === goal),
          sometimes((state) => state === goal),
        ]);
        const from = graph.edges.filter(([state]) => reached.has(state));
        expect([states, edges, depth]).toEqual([reached.size, from.length, Math.max(...reached.values())]);
        expect(terminals).toBe([...reached.keys()].filter((state) => from.every(([one]) => one !== state)).length);
        const distance = reached.get(goal);
        for (const found of findings) {
          if (distance === undefined) expect(['holds', 'neverSeen']).toContain(found.status);
          else expect(statesOf(found)).toHaveLength(distance + 1);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
