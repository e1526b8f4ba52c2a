import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { allMutants } from './all-mutants.js';
import type { Mutant } from './mutant.js';
import { mutantsPage } from './report/page.js';
import { judgeAll, type Verdict } from './run/judge-all.js';

const PAGE = fileURLToPath(new URL('../../../../docs/mutants.md', import.meta.url));
const BAD_USAGE = 2;

const USAGE = `Judges every mutant of the core, and tells which are alive.

usage: pnpm mutants [OPTION ...]

  --only NAME,...  those whose name begins so: client, "server: draining", calls/answers.ts
  --jobs N         threads
  --json FILE      writes what became of each
  --write          writes docs/mutants.md; takes all mutants
  --help
`;

const OPTIONS = {
  only: { type: 'string' },
  jobs: { type: 'string' },
  json: { type: 'string' },
  write: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Judges what the arguments of this process choose, and leaves an exit code behind: 1 where a mutant is alive. */
export async function main(): Promise<void> {
  let values: ReturnType<typeof read>;
  try {
    values = read();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    process.exitCode = BAD_USAGE;
    return;
  }
  if (values.help) {
    process.stdout.write(USAGE);
    return;
  }
  const { only, jobs, json, write } = values;
  const isChosen = ({ name }: Mutant): boolean => only.length === 0 || only.some((start) => name.startsWith(start));
  if (!allMutants().some(isChosen)) {
    process.stderr.write(`no mutant has a name that begins so: ${only.join(', ')}\n`);
    process.exitCode = BAD_USAGE;
    return;
  }
  const verdicts = await judgeAll(isChosen, jobs, showProgress);
  process.stdout.write(summaryOf(verdicts));
  if (json !== null) await writeFile(resolve(json), `${JSON.stringify(verdicts.map(toJson), null, 2)}\n`);
  if (write) await writeFile(PAGE, mutantsPage(verdicts));
  if (verdicts.some(({ fate }) => fate.kind === 'alive')) process.exitCode = 1;
}

function read() {
  // Some runners of scripts pass their own separator on.
  const { values } = parseArgs({ args: process.argv.slice(2).filter((arg) => arg !== '--'), options: OPTIONS });
  const only = values.only?.split(',') ?? [];
  const jobs = values.jobs === undefined ? availableParallelism() : Number(values.jobs);
  if (!Number.isInteger(jobs) || jobs < 1) throw new Error(`--jobs takes a positive number, not ${values.jobs}`);
  if (values.write && only.length > 0) throw new Error('--write takes all mutants: no --only');
  return { only, jobs, json: values.json ?? null, write: values.write ?? false, help: values.help ?? false };
}

function showProgress(done: number, all: number, { mutant, fate }: Verdict): void {
  if (fate.kind === 'alive') process.stderr.write(`alive: ${mutant.name}\n`);
  if (done % 50 === 0 || done === all) process.stderr.write(`${done} of ${all}\n`);
}

function summaryOf(verdicts: readonly Verdict[]): string {
  const counts = new Map<string, number>();
  for (const { fate } of verdicts) {
    const what = fate.kind === 'killed' ? `killed by ${fate.by}` : fate.kind;
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  return `${verdicts.length} mutants: ${[...counts].map(([what, count]) => `${count} ${what}`).join(', ')}\n`;
}

function toJson({ mutant: { name, subject, operator, breaks }, fate }: Verdict): object {
  return { name, subject, operator, breaks, fate };
}
