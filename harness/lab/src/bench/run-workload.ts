import { turns } from './turns.js';
import { type StartWorker, startWorker, type Worker } from './worker-process.js';
import type { Sample, Size, Workload } from './workload.js';

/** A subject that takes part, and where its module is. */
export interface Participant {
  readonly name: string;
  readonly url: string;
}

/** What came out of one workload, by subject. Who failed has a text in `failures`, and perhaps some samples from before. */
export interface Outcome {
  readonly samples: ReadonlyMap<string, readonly Sample[]>;
  readonly failures: ReadonlyMap<string, string>;
}

/** How a workload is run. */
export interface RunSettings {
  readonly rounds: number;
  readonly size: Size;
  /** Further options for the Node of each worker. */
  readonly nodeArgs: readonly string[];
  /** For tests: what stands in for a process. */
  readonly start?: StartWorker;
}

/** Runs one workload on all subjects in turns; one that fails has no further turn. Leaves no process behind. */
export async function runWorkload(
  workload: Workload,
  participants: readonly Participant[],
  { rounds, size, nodeArgs, start = startWorker }: RunSettings,
): Promise<Outcome> {
  const samples = new Map<string, Sample[]>(participants.map(({ name }) => [name, []]));
  const failures = new Map<string, string>();
  const workers = new Map<string, Worker>();
  const args = [...(workload.nodeArgs ?? []), ...nodeArgs];
  const open = async ({ name, url }: Participant): Promise<Worker> => {
    const worker = workers.get(name) ?? (await start(url, workload.id, size, args));
    workers.set(name, worker);
    return worker;
  };
  const close = async (name: string): Promise<void> => {
    await workers.get(name)?.stop();
    workers.delete(name);
  };
  const attempt = async ({ name }: Participant, action: () => Promise<unknown>): Promise<void> => {
    if (failures.has(name)) return;
    try {
      await action();
    } catch (error) {
      failures.set(name, error instanceof Error ? error.message : String(error));
    }
  };
  try {
    // All are ready before the first is measured: a warm-up beside a measurement would disturb it.
    if (!workload.freshProcess) for (const one of participants) await attempt(one, () => open(one));
    for (const one of turns(participants, rounds)) {
      await attempt(one, async () => samples.get(one.name)?.push(await (await open(one)).sample()));
      if (workload.freshProcess) await close(one.name);
    }
  } finally {
    for (const name of [...workers.keys()]) await close(name);
  }
  return { samples, failures };
}
