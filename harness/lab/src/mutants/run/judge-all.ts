import { Worker } from 'node:worker_threads';
import { allMutants } from '../all-mutants.js';
import type { Fate } from '../judge.js';
import type { Mutant } from '../mutant.js';
import type { Judged } from './worker.js';

/** A mutant and what became of it. */
export interface Verdict {
  readonly mutant: Mutant;
  readonly fate: Fate;
}

/**
 * Judges mutants in threads.
 *
 * @param isChosen which of all mutants.
 * @param jobs threads.
 * @param progress told after each.
 * @returns in the order of all mutants.
 * @throws {Error} when a thread fails: what it judged is then unknown.
 */
export async function judgeAll(
  isChosen: (mutant: Mutant) => boolean,
  jobs: number,
  progress: (done: number, all: number, last: Verdict) => void,
): Promise<readonly Verdict[]> {
  const mutants = allMutants();
  const waiting = mutants.flatMap((mutant, number) => (isChosen(mutant) ? [number] : []));
  const all = waiting.length;
  const fates = new Map<number, Fate>();
  const take = ({ number, fate }: Judged): void => {
    fates.set(number, fate);
    const mutant = mutants[number];
    if (mutant !== undefined) progress(fates.size, all, { mutant, fate });
  };
  await Promise.all(Array.from({ length: Math.min(jobs, all) }, () => work(waiting, take)));
  return mutants.flatMap((mutant, number) => {
    const fate = fates.get(number);
    return fate === undefined ? [] : [{ mutant, fate }];
  });
}

/** One thread, from its first mutant until none waits. */
function work(waiting: number[], take: (judged: Judged) => void): Promise<void> {
  const worker = new Worker(new URL('./worker.js', import.meta.url));
  return new Promise<void>((resolve, reject) => {
    const next = (): void => {
      const number = waiting.shift();
      if (number === undefined) resolve();
      else worker.postMessage(number);
    };
    worker.on('message', (judged: Judged) => {
      take(judged);
      next();
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`a thread that judges mutants exited with ${code}`)));
    next();
  }).finally(() => worker.terminate());
}
