import { describe, expect, it } from 'vitest';
import { subject as floor } from '../../src/bench/subjects/floor.js';
import { WORKLOADS } from '../../src/bench/workloads/all.js';

/** As little as can be measured. */
const TINY = { warmMs: 0, sampleMs: 0, scale: 0.0001 };

describe('the workloads', () => {
  it('have ids of their own', () => {
    const ids = WORKLOADS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(WORKLOADS)('$id has figures with keys of their own', ({ figures }) => {
    expect(figures.length).toBeGreaterThan(0);
    expect(new Set(figures.map(({ key }) => key)).size).toBe(figures.length);
  });

  // The others start what is built: they are run with the whole program.
  it.each(WORKLOADS.filter(({ id }) => /^(memory|line)\./.test(id)))(
    '$id yields a number for each of its figures',
    async (workload) => {
      const prepared = await workload.prepare(floor, TINY);
      const sample = await prepared.sample();
      await prepared.close();
      expect(Object.keys(sample)).toEqual(workload.figures.map(({ key }) => key));
      for (const value of Object.values(sample)) expect(value).not.toBeNaN();
    },
  );
});
