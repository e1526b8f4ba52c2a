import type { RunInvocation } from './invocation.js';
import { describeMachine } from './report/machine.js';
import { type Failure, type Report, type Row, rowsOf } from './report/report.js';
import { runWorkload } from './run-workload.js';
import { CANDIDATES } from './subjects/all.js';
import type { Size } from './workload.js';
import { WORKLOADS } from './workloads/all.js';

const FULL: Size = { warmMs: 1_500, sampleMs: 250, scale: 1 };
const QUICK: Size = { warmMs: 400, sampleMs: 60, scale: 0.2 };

/**
 * Runs the bench.
 *
 * @param onProgress called with one line of text for each workload and whatever else takes time
 * @throws Error when a subject cannot be installed; a subject that fails in a workload is reported
 */
export async function runBench(invocation: RunInvocation, onProgress: (line: string) => void): Promise<Report> {
  const began = Date.now();
  const candidates = CANDIDATES.filter(({ name }) => invocation.subjects.includes(name));
  const workloads = WORKLOADS.filter(({ id }) => invocation.workloads.includes(id));
  const participants = [];
  for (const { name, locate } of candidates) participants.push({ name, url: await locate(onProgress) });
  const settings = {
    rounds: invocation.rounds,
    size: invocation.quick ? QUICK : FULL,
    nodeArgs: invocation.profile === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${invocation.profile}`],
  };
  const rows: Row[] = [];
  const failures: Failure[] = [];
  for (const [index, workload] of workloads.entries()) {
    onProgress(`${index + 1}/${workloads.length} ${workload.title}`);
    const outcome = await runWorkload(workload, participants, settings);
    rows.push(...rowsOf(workload, outcome));
    for (const [subject, error] of outcome.failures) failures.push({ workload: workload.id, subject, error });
  }
  return {
    bench: 1,
    startedAt: new Date(began).toISOString(),
    seconds: (Date.now() - began) / 1000,
    quick: invocation.quick,
    rounds: invocation.rounds,
    machine: describeMachine(),
    subjects: candidates.map(({ name, title, version }) => ({ name, title, version })),
    rows,
    failures,
  };
}
