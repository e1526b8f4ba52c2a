// A thread that judges the mutants it is given the numbers of, one after the other.
import { parentPort } from 'node:worker_threads';
import { allMutants } from '../all-mutants.js';
import { type Fate, judgeMutant } from '../judge.js';

/** What a thread tells of one mutant. */
export interface Judged {
  /** Its place among all mutants. */
  readonly number: number;
  readonly fate: Fate;
}

const mutants = allMutants();

parentPort?.on('message', async (number: number) => {
  const mutant = mutants[number];
  if (mutant === undefined) throw new Error(`no mutant ${number}`);
  const judged: Judged = { number, fate: await judgeMutant(mutant) };
  parentPort?.postMessage(judged);
});
