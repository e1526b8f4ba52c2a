import { describe, expect, it } from 'vitest';
import { meetsGoal, rowsOf } from '../../../src/bench/report/report.js';
import type { Workload } from '../../../src/bench/workload.js';
import { sampleRow } from './sample-report.js';

const workload: Workload = {
  id: 'a.1',
  title: 'the first',
  figures: [
    { key: 'cpu', unit: 'us', better: 'less', goal: 2 },
    { key: 'rate', unit: 'a second', better: 'more' },
  ],
  prepare: () => Promise.reject(new Error('never')),
};

describe('the rows of a workload', () => {
  const samples = new Map([
    ['floor', [3, 1, 2].map((cpu) => ({ cpu, rate: 10 * cpu }))],
    ['broken', []],
  ]);
  const rows = rowsOf(workload, { samples, failures: new Map([['broken', 'why']]) });

  it('hold the median of each figure, and the samples as they came', () => {
    expect(rows.map(({ figure, goal, values }) => [figure, goal, values['floor']])).toEqual([
      ['cpu', 2, { median: 2, samples: [3, 1, 2] }],
      ['rate', null, { median: 20, samples: [30, 10, 20] }],
    ]);
  });

  it('leave out a subject without a sample', () => {
    expect(rows.map(({ values }) => Object.keys(values))).toEqual([['floor'], ['floor']]);
  });
});

describe('a goal', () => {
  it.each([
    ['less', 2, true],
    ['less', 2.01, false],
    ['more', 2, true],
    ['more', 1.99, false],
  ] as const)('of 2 where %s is better, at %d: %s', (better, value, met) => {
    expect(meetsGoal(sampleRow({ better, goal: 2 }), value)).toBe(met);
  });

  it('that is not set is neither met nor missed', () => {
    expect(meetsGoal(sampleRow({ goal: null }), 1)).toBeNull();
  });
});
