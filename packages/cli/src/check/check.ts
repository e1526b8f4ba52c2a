import { dirname, relative, resolve, sep } from 'node:path';
import { CHECKS, type CheckResult, checkServer } from '@mcp-lifeline/check';
import { EXIT, exitCodeOf, stoppedBy } from '../exit-code.js';
import { formatKnown, type Known, readKnown } from '../expect/known.js';
import { knownNow, type Outcome, weigh } from '../expect/outcome.js';
import type { CheckInvocation } from '../invocation.js';
import type { Io, StopSignal } from '../io.js';
import type { OutputFile } from '../output-file.js';
import { jsonReport } from '../report/json.js';
import { junitReport } from '../report/junit.js';
import { styleFor } from '../report/style.js';
import { terminalReport } from '../report/terminal.js';
import { count } from '../report/text.js';
import { serverFolder } from '../server-options.js';
import { Interruption } from './interruption.js';
import { attempt, type OutputFiles, openOutputFiles } from './output-files.js';
import { Progress } from './progress.js';
import { TraceFolder } from './trace-folder.js';

/** `check -- COMMAND ...`: judges a server, tells the result, and gives the exit code. */
export async function check(invocation: CheckInvocation, io: Io): Promise<number> {
  const { strict, expect } = invocation;
  const cwd = serverFolder(invocation.cwd, io);
  const known = expect === null ? [] : readKnown(resolve(io.cwd, expect), expect);
  const files = openOutputFiles(invocation, io.cwd);
  const traces = invocation.traces === null ? null : TraceFolder.open(resolve(io.cwd, invocation.traces));
  const interruption = new Interruption(io);
  const progress = new Progress(io.stderr);
  try {
    const result = await judge(invocation, cwd, { interruption, progress, traces });
    progress.clear();
    const outcome = weigh(result, known, (id) => isAsked(id, invocation));
    const failures = tell(outcome, invocation, io, { files, traces, known, stoppedBy: interruption.signal });
    for (const failure of failures) io.stderr.write(`mcp-lifeline: ${failure}\n`);
    if (interruption.signal !== null) return stoppedBy(interruption.signal);
    return failures.length > 0 ? EXIT.ourFault : exitCodeOf(outcome, strict);
  } finally {
    progress.clear();
    interruption.stop();
  }
}

function isAsked(id: string, { only }: CheckInvocation): boolean {
  return only?.includes(id) ?? CHECKS.some((one) => one.id === id && one.onlyByName !== true);
}

interface Observers {
  readonly interruption: Interruption;
  readonly progress: Progress;
  readonly traces: TraceFolder | null;
}

function judge(invocation: CheckInvocation, cwd: string, observers: Observers): Promise<CheckResult> {
  const { command, env, only, revision, timeoutScale, jobs, slowTool } = invocation;
  const { interruption, progress, traces } = observers;
  return checkServer({
    target: { command, cwd, env },
    ...(only === null ? {} : { only }),
    revision,
    timeoutScale,
    jobs,
    ...(slowTool === null ? {} : { slowTool }),
    signal: interruption.abortSignal,
    onStart: ({ id, index, total }) => progress.show(id, index, total),
    onRun: (run) => traces?.write(run),
  });
}

interface Places {
  readonly files: OutputFiles;
  readonly traces: TraceFolder | null;
  readonly known: readonly Known[];
  readonly stoppedBy: StopSignal | null;
}

/** Writes the result to wherever it shall go; what could not be written is given back, a line each. */
function tell(outcome: Outcome, invocation: CheckInvocation, io: Io, places: Places): readonly string[] {
  const { json, junit, strict } = invocation;
  const { files, traces, known } = places;
  const failures = traces?.failure == null ? [] : [traces.failure];
  const put = (file: OutputFile | null, isStdout: boolean, text: () => string): void => {
    if (isStdout) io.stdout.write(text());
    if (file !== null) failures.push(...attempt(file, text()));
  };
  const tracesSeenFrom = (file: OutputFile | null) => (runId: string) =>
    slashed(relativeTo(file === null ? io.cwd : dirname(file.path), traces?.fileOf(runId)));
  put(files.json, json === '-', () => `${JSON.stringify(jsonReport(outcome, tracesSeenFrom(files.json)), null, 2)}\n`);
  put(files.junit, junit === '-', () => junitReport(outcome, { strict, traceOf: tracesSeenFrom(files.junit) }));
  if (files.known !== null && outcome.why === undefined) {
    failures.push(...attempt(files.known, formatKnown(knownNow(outcome, known))));
  } else if (files.known !== null) {
    // An empty list would forget all that is known.
    io.stderr.write(`mcp-lifeline: ${files.known.path} is not written, since there is no verdict\n`);
  }
  if (places.stoppedBy !== null) {
    const written = json === null && junit === null ? '' : '; the report holds what is known so far';
    io.stderr.write(`interrupted by ${places.stoppedBy} after ${count(outcome.runs.length, 'run')}${written}\n`);
  } else if (json !== '-' && junit !== '-') {
    const traceOf = (runId: string) => readable(io.cwd, traces?.fileOf(runId));
    io.stdout.write(terminalReport(outcome, { style: styleFor(io), strict, traceOf }));
  }
  return failures;
}

function relativeTo(base: string, file: string | undefined): string | undefined {
  return file === undefined ? undefined : relative(base, file);
}

/** For people: relative inside the folder, and whole outside of it. */
function readable(base: string, file: string | undefined): string | undefined {
  const path = relativeTo(base, file);
  return path?.startsWith('..') ? file : path;
}

function slashed(path: string | undefined): string | undefined {
  return path?.split(sep).join('/');
}
