import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { addToCorpus, fuzz, OURS } from '../../src/core/index.ts';

const CORPUS = fileURLToPath(new URL('../../corpus/core', import.meta.url));

/** Other cases each time; `FUZZ_SEED` draws the same again. */
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
const STEPS = 20_000_000;
const TIMEOUT_MS = 3_600_000;

test(
  `in ${STEPS} steps of other lives nothing comes out of the core but what must`,
  () => {
    process.stdout.write(`fuzzing with the seed ${SEED}\n`);
    const { failure, steps, cases, sessions, judged } = fuzz(OURS, { seed: SEED, steps: STEPS });
    process.stdout.write(`fuzzed: ${steps} steps, ${cases} cases, ${sessions} sessions, ${judged} judged as a whole\n`);
    if (failure !== null) process.stdout.write(`kept as ${addToCorpus(CORPUS, failure)}: commit it\n`);
    expect(failure).toBe(null);
  },
  TIMEOUT_MS,
);
