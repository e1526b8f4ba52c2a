import { dirname, relative, resolve, sep } from 'node:path';
import { type Case, type FuzzResult, fuzzServer } from '@mcp-lifeline/fuzz';
import { Interruption } from '../check/interruption.js';
import { attempt, type OutputFiles, openOutputFiles } from '../check/output-files.js';
import { Progress } from '../check/progress.js';
import { TraceFolder } from '../check/trace-folder.js';
import { EXIT, exitCodeOf, stoppedBy } from '../exit-code.js';
import type { Outcome } from '../expect/outcome.js';
import type { FuzzInvocation } from '../invocation.js';
import type { Io, StopSignal } from '../io.js';
import type { OutputFile } from '../output-file.js';
import { junitReport } from '../report/junit.js';
import { styleFor } from '../report/style.js';
import { count } from '../report/text.js';
import { serverFolder } from '../server-options.js';
import { jsonFuzz } from './json.js';
import { progressText } from './progress-text.js';
import { replayLine } from './replay-line.js';
import { fuzzReport } from './report.js';

/** `fuzz -- COMMAND ...`: runs random cases on a server, tells what they show, and gives the exit code. */
export async function fuzz(invocation: FuzzInvocation, io: Io): Promise<number> {
  const cwd = serverFolder(invocation.cwd, io);
  const files = openOutputFiles({ ...invocation, writeExpect: null }, io.cwd);
  const traces = invocation.traces === null ? null : TraceFolder.open(resolve(io.cwd, invocation.traces));
  const interruption = new Interruption(io);
  const progress = new Progress(io.stderr);
  try {
    const result = await fuzzServer({
      ...optionsOf(invocation, cwd),
      signal: interruption.abortSignal,
      onProgress: (news) => progress.line(progressText(news, io.stderr.columns ?? 80)),
    });
    progress.clear();
    for (const { run } of result.fuzz.violations) traces?.write(run);
    const failures = tell(result, invocation, io, { files, traces, stoppedBy: interruption.signal });
    for (const failure of failures) io.stderr.write(`mcp-lifeline: ${failure}\n`);
    if (interruption.signal !== null) return stoppedBy(interruption.signal);
    return failures.length > 0 ? EXIT.ourFault : exitCodeOf(outcomeOf(result), invocation.strict);
  } finally {
    progress.clear();
    interruption.stop();
  }
}

function optionsOf(invocation: FuzzInvocation, cwd: string): Parameters<typeof fuzzServer>[0] {
  const { command, env, revision, timeoutScale, jobs, slowTool, runs, seconds, seed, replay } = invocation;
  return {
    target: { command, cwd, env },
    revision,
    timeoutScale,
    jobs,
    ...(slowTool === null ? {} : { slowTool }),
    ...(runs === null ? {} : { runs }),
    ...(seconds === null ? {} : { seconds }),
    ...(seed === null ? {} : { seed }),
    ...(replay === null ? {} : { replay }),
  };
}

/** Nothing is excused: there is no file of known failures here. */
function outcomeOf(result: FuzzResult): Outcome {
  return { ...result, stale: [] };
}

interface Places {
  readonly files: OutputFiles;
  readonly traces: TraceFolder | null;
  readonly stoppedBy: StopSignal | null;
}

/** Writes the result to wherever it shall go; what could not be written is given back, a line each. */
function tell(result: FuzzResult, invocation: FuzzInvocation, io: Io, places: Places): readonly string[] {
  const { json, junit, strict } = invocation;
  const { files, traces, stoppedBy: signal } = places;
  const outcome = outcomeOf(result);
  const failures = traces?.failure == null ? [] : [traces.failure];
  const put = (file: OutputFile | null, isStdout: boolean, text: () => string): void => {
    if (isStdout) io.stdout.write(text());
    if (file !== null) failures.push(...attempt(file, text()));
  };
  const tracesSeenFrom = (file: OutputFile | null) => (runId: string) => {
    const path = traces?.fileOf(runId);
    return path === undefined
      ? undefined
      : relative(file === null ? io.cwd : dirname(file.path), path)
          .split(sep)
          .join('/');
  };
  put(files.json, json === '-', () => {
    return `${JSON.stringify(jsonFuzz(outcome, result, tracesSeenFrom(files.json)), null, 2)}\n`;
  });
  put(files.junit, junit === '-', () => junitReport(outcome, { strict, traceOf: tracesSeenFrom(files.junit) }));
  if (json !== '-' && junit !== '-') {
    const traceOf = (runId: string) => readable(io.cwd, traces?.fileOf(runId));
    // As the result has it, secrets in the command are replaced.
    const [program, ...args] = result.command;
    const command: FuzzInvocation['command'] = [program ?? '', ...args];
    const lineFor = (one: Case) => replayLine(one, { ...invocation, command });
    const isReplay = invocation.replay !== null;
    const view = { style: styleFor(io), strict, traceOf, replayLine: lineFor, isReplay };
    io.stdout.write(fuzzReport(outcome, result, view));
  }
  if (signal !== null) io.stderr.write(`interrupted by ${signal} after ${count(result.fuzz.runs, 'run')}\n`);
  return failures;
}

/** For people: relative inside the folder, and whole outside of it. */
function readable(base: string, file: string | undefined): string | undefined {
  const path = file === undefined ? undefined : relative(base, file);
  return path?.startsWith('..') ? file : path;
}
