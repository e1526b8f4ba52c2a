import { dirname, relative, resolve, sep } from 'node:path';
import { TOOL } from '@mcp-lifeline/check';
import { type ExploreOne, type RunOptions, runExplorations, type Verdict, verdictOf } from '@mcp-lifeline/explore';
import { attempt, openOutputFiles } from '../check/output-files.js';
import { Progress } from '../check/progress.js';
import { TraceFolder } from '../check/trace-folder.js';
import { EXIT } from '../exit-code.js';
import type { ExploreInvocation } from '../invocation.js';
import type { Io } from '../io.js';
import type { OutputFile } from '../output-file.js';
import { styleFor } from '../report/style.js';
import { accountsOf } from './accounts.js';
import { type Configurations, chooseConfigurations } from './choose.js';
import { jsonExploration } from './json.js';
import { ProgressLine } from './progress-line.js';
import { configurationLines } from './report.js';
import type { Result } from './result.js';
import { summaryLines } from './summary.js';

/** What there is to explore, and where a configuration is explored. */
export interface Explorer {
  readonly configurations: Configurations;
  readonly exploreOne: ExploreOne;
}

/** What is not to a fixpoint proves nothing, and breaks nothing: it must be told from both. */
const EXIT_OF: Readonly<Record<Verdict, number>> = { pass: EXIT.ok, fail: EXIT.broken, error: EXIT.ourFault };

/** `explore`: explores configurations of the core, tells the result, and gives the exit code. */
export async function explore(invocation: ExploreInvocation, io: Io, explorer: Explorer): Promise<number> {
  const { configs, json } = invocation;
  const chosen = chooseConfigurations(explorer.configurations, invocation);
  const { json: file } = openOutputFiles({ json, junit: null, writeExpect: null }, io.cwd);
  const traces = invocation.traces === null ? null : TraceFolder.open(resolve(io.cwd, invocation.traces));
  const began = performance.now();
  const reports = await runExplorations(chosen, optionsFor(invocation, io, chosen.length, traces), explorer.exploreOne);
  const seconds = (performance.now() - began) / 1000;
  const result: Result = { reports, seconds, areAll: configs === null };
  if (json !== '-') io.stdout.write(textOf(summaryLines(result, styleFor(io))));
  const failures = [
    ...(traces?.failure == null ? [] : [traces.failure]),
    ...tellPrograms(result, { file, isStdout: json === '-', traces }, io),
  ];
  for (const failure of failures) io.stderr.write(`mcp-lifeline: ${failure}\n`);
  return failures.length > 0 ? EXIT.ourFault : EXIT_OF[verdictOf(reports, result.areAll)];
}

/** Each report is told as soon as it is there: the next one may take minutes. */
function optionsFor(invocation: ExploreInvocation, io: Io, total: number, traces: TraceFolder | null): RunOptions {
  const { jobs, maxStates, json } = invocation;
  const progress = new Progress(io.stderr);
  const line = new ProgressLine(progress, total);
  return {
    tool: TOOL,
    jobs,
    ...(maxStates === null ? {} : { maxStates }),
    onStart: (id) => line.started(id),
    onProgress: (id, exploring) => line.progressed(id, exploring),
    onReport: (report) => {
      line.ended(report.id);
      progress.clear();
      for (const { id, account } of accountsOf(report)) traces?.write({ id, trace: account.trace });
      if (json === '-') return;
      const traceOf = (id: string) => readable(io.cwd, traces?.fileOf(id));
      io.stdout.write(textOf(configurationLines(report, traceOf, styleFor(io))));
    },
  };
}

interface Places {
  readonly file: OutputFile | null;
  readonly isStdout: boolean;
  readonly traces: TraceFolder | null;
}

/** Writes the JSON report to wherever it shall go; what could not be written is given back. */
function tellPrograms(result: Result, { file, isStdout, traces }: Places, io: Io): readonly string[] {
  const base = file === null ? io.cwd : dirname(file.path);
  const traceOf = (id: string): string | undefined => {
    const path = traces?.fileOf(id);
    return path === undefined ? undefined : relative(base, path).split(sep).join('/');
  };
  const text = textOf([JSON.stringify(jsonExploration(result, traceOf), null, 2)]);
  if (isStdout) io.stdout.write(text);
  return file === null ? [] : attempt(file, text);
}

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

/** For people: relative inside the folder, and whole outside of it. */
function readable(base: string, file: string | undefined): string | undefined {
  const path = file === undefined ? undefined : relative(base, file);
  return path?.startsWith('..') ? file : path;
}
