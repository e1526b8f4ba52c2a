import { describe, expect, it } from 'vitest';
import { type Case, kindOf } from '../../src/process/act.ts';
import { advance, newForecast, stateOf } from '../../src/process/forecast.ts';
import { generate } from '../../src/process/generate.ts';
import { legalized } from '../../src/process/legal.ts';
import { legalTransitions, transition } from '../../src/process/lifecycle.ts';
import type { Means } from '../../src/process/means.ts';
import { Reached } from '../../src/process/reached.ts';
import { ALL_MEANS, NO_MEANS } from './made.ts';

describe('a generated case', () => {
  it('is the same for the same seed and the same past', () => {
    expect(casesOf(7, 30, ALL_MEANS)).toEqual(casesOf(7, 30, ALL_MEANS));
    expect(casesOf(7, 30, ALL_MEANS)).not.toEqual(casesOf(8, 30, ALL_MEANS));
  });

  it('is legal as it is', () => {
    for (const one of casesOf(1, 150, ALL_MEANS)) expect(legalized(one, ALL_MEANS)).toEqual(one);
  });

  it('opens a session', () => {
    for (const { acts } of casesOf(2, 150, NO_MEANS)) expect(acts.map(kindOf)).toContain('initialize');
  });

  it('does everything that can be done, sooner or later', () => {
    const kinds = new Set(casesOf(3, 500, ALL_MEANS).flatMap(({ acts }) => acts.map(kindOf)));
    const wanted = legalTransitions(ALL_MEANS, true).map((one) => one.split(' ')[1]);
    expect([...kinds].toSorted()).toEqual([...new Set(wanted)].toSorted());
  });

  it('calls no tool where none is known', () => {
    const kinds = casesOf(4, 150, NO_MEANS).flatMap(({ acts }) => acts.map(kindOf));
    for (const kind of ['slow', 'long', 'asking', 'unknown-tool', 'tools/list']) expect(kinds).not.toContain(kind);
  });

  it('has batches in 2025-03-26 alone', () => {
    const batching = casesOf(5, 200, ALL_MEANS).filter(({ acts }) => acts.some((act) => act.do === 'batch'));
    expect([...new Set(batching.map(({ offer }) => offer))]).toEqual(['2025-03-26']);
  });
});

describe('steering', () => {
  it('leads to more than chance does', () => {
    // Where everything counts as reached already, nothing is preferred.
    class Everything extends Reached {
      override has(): boolean {
        return true;
      }
    }
    const steered = [1, 2, 3, 4, 5].map((seed) => covered(casesOf(seed, 40, ALL_MEANS)));
    const random = [1, 2, 3, 4, 5].map((seed) => covered(casesOf(seed, 40, ALL_MEANS, new Everything())));
    expect(sum(steered)).toBeGreaterThan(sum(random) * 1.15);
  });
});

/** How many transitions some cases lead to, as far as can be foreseen. */
function covered(cases: readonly Case[]): number {
  const found = new Set<string>();
  for (const { offer, acts } of cases) {
    let forecast = newForecast(offer, ALL_MEANS);
    for (const act of acts) {
      found.add(transition(stateOf(forecast), kindOf(act)));
      forecast = advance(forecast, act);
    }
  }
  return found.size;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}

function casesOf(seed: number, count: number, means: Means, reached = new Reached()): readonly Case[] {
  const brief = { means, offers: ['2025-03-26', '2025-11-25'] as const };
  return Array.from({ length: count }, (_, index) => generate(brief, seed * 10_000 + index, reached));
}
