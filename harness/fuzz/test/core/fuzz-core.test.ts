import type { Effect, Params } from '@mcp-lifeline/core';
import { describe, expect, test } from 'vitest';
import { fuzz, fuzzCore, OURS, runCase } from '../../src/core/index.ts';
import { withEffects, without } from './tampering.ts';

const QUICK = { seed: 5, steps: 600, judgedIn: 0 } as const;
const exitless = without(({ type }) => type === 'exit');

describe('fuzzing', () => {
  test('goes on for as many steps as it is told to, and draws the same from the same seed', () => {
    const done = fuzz(OURS, QUICK);
    expect(done.failure).toBe(null);
    expect(done.steps).toBeGreaterThanOrEqual(QUICK.steps);
    expect(fuzz(OURS, QUICK)).toEqual(done);
    expect(fuzz(OURS, { ...QUICK, seed: 6 })).not.toEqual(done);
  });

  test('tells of a core that fails what, after how many steps, and by which case', () => {
    const failure = fuzzCore(exitless, QUICK);
    expect(failure?.what).toMatch(/exits/);
    expect(failure?.steps).toBeGreaterThan(0);
    expect(failure && runCase(exitless, failure.case).wrong).toBe(failure?.what);
  });

  test('leaves a case as long as it was drawn where it is not to shrink', () => {
    const long = fuzzCore(exitless, { ...QUICK, shrinks: false });
    const short = fuzzCore(exitless, QUICK);
    expect(long?.case.moves.length).toBeGreaterThan(short?.case.moves.length ?? 0);
    expect(short?.steps).toBe(long?.steps);
  });

  test('judges whole sessions by the invariants of specs, and finds what they alone know', () => {
    const old = withEffects((effects) => effects.map(offeringTheOldest));
    expect(fuzzCore(old, { ...QUICK, judgedIn: 0 })).toBe(null);
    expect(fuzzCore(old, { ...QUICK, judgedIn: 1 })?.what).toMatch(/^client\.version\.offer-latest/);
  });
});

/** No step is wrong by itself: what is offered is just not the newest that the client speaks. */
function offeringTheOldest(effect: Effect): Effect {
  if (effect.type !== 'send') return effect;
  const message = effect.message as Params;
  if (message['method'] !== 'initialize') return effect;
  const params = { ...(message['params'] as Params), protocolVersion: '2024-11-05' };
  return { ...effect, message: { ...message, params } };
}
