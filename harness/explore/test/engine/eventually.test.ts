import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explore } from '../../src/engine/explore.ts';
import type { Finding } from '../../src/engine/finding.ts';
import { isFair, mayStop, nearestCounterexample } from './brute-force.ts';
import { eventually, type Graph, graphs, someStates, statesOf, systemOf } from './graphs.ts';

describe('something follows', () => {
  it('where every way leads to it', () => {
    const graph: Graph = {
      size: 4,
      edges: [
        [0, 0, 1],
        [0, 0, 2],
        [1, 0, 3],
        [2, 0, 3],
      ],
      fairness: ['weak'],
    };
    expect(judged(graph, [0], [3]).status).toBe('holds');
  });

  it('at once where both hold', () => {
    const graph: Graph = { size: 1, edges: [], fairness: [] };
    expect(judged(graph, [0], [0]).status).toBe('holds');
  });

  it('of nothing that was never met', () => {
    const graph: Graph = { size: 1, edges: [], fairness: [] };
    expect(judged(graph, [5], [0]).status).toBe('neverSeen');
  });

  it('not where a way leads back to where it was owed first', () => {
    const graph: Graph = {
      size: 3,
      edges: [
        [0, 0, 1],
        [1, 1, 0],
        [1, 2, 2],
      ],
      fairness: ['weak', 'weak', 'weak'],
    };
    expect(cycleOf(judged(graph, [0], [2]))).toEqual([
      [0, 0, 1],
      [1, 1, 0],
    ]);
  });

  it('not where a run goes round through the state that owes, past another that was settled before', () => {
    // 0 -> 1 (settled) -> 0 is a cycle that settles; 0 -> 2 -> 0 is one that does not.
    const graph: Graph = {
      size: 3,
      edges: [
        [0, 0, 1],
        [1, 0, 0],
        [0, 0, 2],
        [2, 0, 0],
      ],
      fairness: ['weak'],
    };
    const found = judged(graph, [0], [1]);
    expect(cycleOf(found)).toEqual([
      [0, 0, 2],
      [2, 0, 0],
    ]);
  });
});

describe('what is told', () => {
  it('is the nearest, though something is first owed farther away', () => {
    // 1 owes, and it ends in 2; 5 owes and ends itself.
    const graph: Graph = {
      size: 6,
      edges: [
        [0, 0, 1],
        [1, 0, 2],
        [0, 0, 3],
        [3, 0, 4],
        [4, 0, 5],
      ],
      fairness: ['weak'],
    };
    expect(statesOf(judged(graph, [1, 5], []))).toEqual([0, 1, 2]);
  });
});

describe('a run may stop', () => {
  const oneMove = (fairness: 'weak' | 'strong' | 'none'): Graph => ({
    size: 2,
    edges: [[0, 0, 1]],
    fairness: [fairness],
  });

  it('where nothing is possible', () => {
    const found = judged({ size: 1, edges: [], fairness: [] }, [0], []);
    expect(found).toMatchObject({ status: 'violated', why: 'nothing is possible any more' });
  });

  it('where only what may never happen is possible', () => {
    expect(judged(oneMove('none'), [0], [1])).toMatchObject({ status: 'violated', why: 'nothing more has to happen' });
  });

  it.each(['weak', 'strong'] as const)('not where something %s is possible', (fairness) => {
    expect(judged(oneMove(fairness), [0], [1]).status).toBe('holds');
  });

  it('not where something that is promised leads back to the same state', () => {
    const graph: Graph = { size: 1, edges: [[0, 0, 0]], fairness: ['weak'] };
    expect(judged(graph, [0], [])).toMatchObject({ status: 'violated', why: 'it may go round for ever' });
  });
});

describe('what is promised', () => {
  /** A message that goes round between lost and sent again, and may arrive wherever it is sent. */
  const lossy = (arrives: 'weak' | 'strong' | 'none'): Graph => ({
    size: 3,
    edges: [
      [0, 0, 1],
      [1, 1, 0],
      [1, 2, 2],
    ],
    fairness: ['weak', 'none', arrives],
  });

  it('weakly, is not owed to a run on which it is impossible again and again', () => {
    const found = judged(lossy('weak'), [0], [2]);
    expect(cycleOf(found)).toEqual([
      [0, 0, 1],
      [1, 1, 0],
    ]);
  });

  it('strongly, is owed to a run on which it is possible again and again', () => {
    expect(judged(lossy('strong'), [0], [2]).status).toBe('holds');
  });

  it('weakly, is owed to a run on which it stays possible', () => {
    const graph: Graph = {
      size: 3,
      edges: [
        [0, 0, 1],
        [1, 0, 0],
        [0, 1, 2],
        [1, 1, 2],
      ],
      fairness: ['weak', 'weak'],
    };
    expect(judged(graph, [0], [2]).status).toBe('holds');
  });

  it('strongly, leaves a smaller round that never makes it possible', () => {
    // The round 0, 1, 2 makes move 1 possible in 2 and is not fair without it; the round 0, 1 is.
    const graph: Graph = {
      size: 4,
      edges: [
        [0, 0, 1],
        [1, 0, 0],
        [1, 0, 2],
        [2, 0, 0],
        [2, 1, 3],
      ],
      fairness: ['none', 'strong'],
    };
    expect(cycleOf(judged({ ...graph, fairness: ['weak', 'strong'] }, [0], [3]))).toEqual([
      [0, 0, 1],
      [1, 0, 0],
    ]);
  });

  it('strongly, may fall apart again once states are left out', () => {
    // Without 2 the round splits in two, and what is left of each is unfair for another reason.
    const graph: Graph = {
      size: 6,
      edges: [
        [0, 0, 1],
        [1, 0, 2],
        [2, 0, 3],
        [3, 0, 4],
        [4, 0, 3],
        [4, 0, 0],
        [2, 1, 5],
        [3, 2, 5],
      ],
      fairness: ['weak', 'strong', 'strong'],
    };
    expect(judged(graph, [0], [5]).status).toBe('holds');
    expect(judged({ ...graph, fairness: ['weak', 'strong', 'weak'] }, [0], [5]).status).toBe('violated');
  });

  it('several at once, are all kept on the round that is told', () => {
    // Two promises within the round 0, 1, 2: the short way round through 1 alone would break the one of move 2.
    const graph: Graph = {
      size: 3,
      edges: [
        [0, 1, 1],
        [1, 0, 0],
        [0, 2, 2],
        [1, 2, 2],
        [2, 0, 0],
      ],
      fairness: ['weak', 'weak', 'weak'],
    };
    const cycle = cycleOf(judged(graph, [0], []));
    expect(isFair(graph, cycle)).toBe(true);
    expect(new Set(cycle.map(([, move]) => move))).toContain(2);
  });
});

describe('on any system', () => {
  it('the verdict is that of looking at every set of states', () => {
    const verdicts = { holds: 0, violated: 0, neverSeen: 0 };
    fc.assert(
      fc.property(graphs, someStates, someStates, (graph, from, to) => {
        const { status } = judged(graph, from, to);
        verdicts[status as keyof typeof verdicts] += 1;
        expect(status === 'violated').toBe(nearestCounterexample(graph, from, to) !== null);
      }),
      { numRuns: 3_000 },
    );
    // Graphs that are all alike would show nothing.
    for (const times of Object.values(verdicts)) expect(times).toBeGreaterThan(100);
  });

  it('what is told of a violation is a fair run on which it does not follow, and the way there is a shortest one', () => {
    let rounds = 0;
    fc.assert(
      fc.property(graphs, someStates, someStates, (graph, from, to) => {
        const found = judged(graph, from, to);
        if (found.status !== 'violated') return;
        const way = statesOf(found);
        const owes = way.findLastIndex((state) => to.includes(state)) + 1;
        expect(way.slice(owes).some((state) => from.includes(state))).toBe(true);
        expectSteps(graph, found);
        const end = way.at(-1) ?? 0;
        if (found.cycle === undefined) expect(mayStop(graph, end)).toBe(true);
        else {
          rounds += 1;
          const cycle = cycleOf(found);
          expect([cycle[0]?.[0], cycle.at(-1)?.[2]]).toEqual([end, end]);
          expect(cycle.some(([state]) => to.includes(state))).toBe(false);
          expect(isFair(graph, cycle)).toBe(true);
        }
        expect(way.length - 1).toBe(nearestCounterexample(graph, from, to));
      }),
      { numRuns: 2_000 },
    );
    expect(rounds).toBeGreaterThan(100);
  });

  it('where it stops early it says so, unless what it has seen is enough', () => {
    fc.assert(
      fc.property(graphs, someStates, someStates, fc.integer({ min: 1, max: 7 }), (graph, from, to, maxStates) => {
        const { ending, findings } = explore(systemOf(graph), [eventually(from, to)], { maxStates });
        const [found] = findings;
        if (ending === 'limit') expect(['undecided', 'violated']).toContain(found?.status);
        if (found?.status === 'violated') expect(nearestCounterexample(graph, from, to)).not.toBeNull();
      }),
      { numRuns: 1_000 },
    );
  });
});

function judged(graph: Graph, from: readonly number[], to: readonly number[]): Finding {
  const [finding] = explore(systemOf(graph), [eventually(from, to)]).findings;
  if (finding === undefined) throw new Error('there is no finding');
  return finding;
}

function cycleOf(finding: Finding): readonly (readonly [number, number, number])[] {
  if (finding.status !== 'violated' || finding.cycle === undefined) throw new Error('there is no cycle');
  return finding.cycle.map(({ from, move, to }) => [from[0] ?? 0, move, to[0] ?? 0]);
}

/** Every step of it is an edge, and begins where the one before ends. */
function expectSteps({ edges }: Graph, finding: Finding): void {
  if (finding.status !== 'violated') throw new Error('nothing is told');
  const steps = [...finding.path.steps, ...(finding.cycle ?? [])].map(({ from, move, to }) => [from[0], move, to[0]]);
  for (const step of steps) expect(edges).toContainEqual(step);
  for (const [index, step] of steps.entries()) {
    expect(step[0]).toBe(index === 0 ? 0 : steps[index - 1]?.[2]);
  }
}
