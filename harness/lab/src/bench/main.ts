import { writeFile } from 'node:fs/promises';
import { constants } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { helpText, type RunInvocation, readInvocation } from './invocation.js';
import { reportMarkdown } from './report/markdown.js';
import type { Report } from './report/report.js';
import { reportText } from './report/text.js';
import { runBench } from './run-bench.js';
import { CANDIDATES } from './subjects/all.js';
import { killWorkers } from './worker-process.js';
import { WORKLOADS } from './workloads/all.js';

const PAGE = fileURLToPath(new URL('../../../../docs/bench.md', import.meta.url));
const BAD_USAGE = 2;

/** The bench itself: runs with the arguments of this process and leaves its exit code behind: 1 when a subject failed. */
export async function main(): Promise<void> {
  const choices = {
    workloads: WORKLOADS.map(({ id }) => id),
    quickWorkloads: WORKLOADS.filter(({ fullOnly }) => !fullOnly).map(({ id }) => id),
    subjects: CANDIDATES.map(({ name }) => name),
  };
  const invocation = readInvocation(process.argv.slice(2), choices);
  if (invocation.kind === 'help') {
    process.stdout.write(helpText(choices));
    return;
  }
  if (invocation.kind === 'misused') {
    process.stderr.write(`${invocation.complaint}; pnpm bench --help\n`);
    process.exitCode = BAD_USAGE;
    return;
  }
  // Workers have groups of their own: what a terminal sends does not reach them.
  process.once('exit', killWorkers);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => process.exit(128 + constants.signals[signal]));
  }
  const report = await runBench(invocation, (line) => process.stderr.write(`${line}\n`));
  await publish(report, invocation);
  process.exitCode = report.failures.length > 0 ? 1 : 0;
}

async function publish(report: Report, { json, write }: RunInvocation): Promise<void> {
  const all = `${JSON.stringify(report, null, 2)}\n`;
  process.stdout.write(json === '-' ? all : reportText(report));
  if (json !== null && json !== '-') await writeFile(resolve(json), all);
  if (!write) return;
  if (report.failures.length > 0) throw new Error('docs/bench.md is not written: a subject failed');
  await writeFile(PAGE, reportMarkdown(report));
}
