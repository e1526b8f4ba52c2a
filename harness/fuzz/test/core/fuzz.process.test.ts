import { expect, test } from 'vitest';
import { fuzz, OURS } from '../../src/core/index.ts';

/** Always the same million, so that a change that breaks it is the change that is being made. */
const SEED = 20_261_121;
const STEPS = 1_000_000;
/** It takes half a minute of one core; the machine may have others to serve. */
const TIMEOUT_MS = 900_000;

test(
  `in ${STEPS} steps of many lives nothing comes out of the core but what must`,
  () => {
    const { failure, steps, cases, sessions, judged } = fuzz(OURS, { seed: SEED, steps: STEPS });
    process.stdout.write(`fuzzed: ${steps} steps, ${cases} cases, ${sessions} sessions, ${judged} judged as a whole\n`);
    expect(failure).toBe(null);
    expect(steps).toBeGreaterThanOrEqual(STEPS);
    expect(judged).toBeGreaterThan(100);
  },
  TIMEOUT_MS,
);
