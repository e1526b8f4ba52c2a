import { statSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { type CheckResult, checkServer } from '@mcp-lifeline/check';
import { EXIT, exitCodeOf, stoppedBy } from '../exit-code.js';
import type { CheckInvocation } from '../invocation.js';
import type { Io, StopSignal } from '../io.js';
import { type OutputFile, openOutputFile, reasonOf } from '../output-file.js';
import { jsonReport } from '../report/json.js';
import { styleFor } from '../report/style.js';
import { terminalReport } from '../report/terminal.js';
import { count } from '../report/text.js';
import { UsageError } from '../usage-error.js';
import { Interruption } from './interruption.js';
import { Progress } from './progress.js';
import { TraceFolder } from './trace-folder.js';

/** `check -- COMMAND ...`: judges a server, tells the result, and gives the exit code. */
export async function check(invocation: CheckInvocation, io: Io): Promise<number> {
  const { json, strict } = invocation;
  const cwd = folderOf(invocation, io);
  const file = json === null || json === '-' ? null : openOutputFile(resolve(io.cwd, json), '--json');
  const traces = invocation.traces === null ? null : TraceFolder.open(resolve(io.cwd, invocation.traces));
  const interruption = new Interruption(io);
  const progress = new Progress(io.stderr);
  try {
    const result = await judge(invocation, cwd, { interruption, progress, traces });
    progress.clear();
    const failures = tell(result, invocation, io, { file, traces, stoppedBy: interruption.signal });
    for (const failure of failures) io.stderr.write(`mcp-lifeline: ${failure}\n`);
    if (interruption.signal !== null) return stoppedBy(interruption.signal);
    return failures.length > 0 ? EXIT.ourFault : exitCodeOf(result, strict);
  } finally {
    progress.clear();
    interruption.stop();
  }
}

function folderOf({ cwd }: CheckInvocation, io: Io): string {
  const folder = resolve(io.cwd, cwd ?? '.');
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (stats?.isDirectory() !== true) throw new UsageError(`--cwd: ${cwd} is not a folder that exists`);
  return folder;
}

interface Observers {
  readonly interruption: Interruption;
  readonly progress: Progress;
  readonly traces: TraceFolder | null;
}

function judge(invocation: CheckInvocation, cwd: string, observers: Observers): Promise<CheckResult> {
  const { command, env, only, revision, timeoutScale } = invocation;
  const { interruption, progress, traces } = observers;
  return checkServer({
    target: { command, cwd, env },
    ...(only === null ? {} : { only }),
    revision,
    timeoutScale,
    signal: interruption.abortSignal,
    onStart: ({ id, index, total }) => progress.show(id, index, total),
    onRun: (run) => traces?.write(run),
  });
}

interface Places {
  readonly file: OutputFile | null;
  readonly traces: TraceFolder | null;
  readonly stoppedBy: StopSignal | null;
}

/** Writes the result to wherever it shall go; what could not be written is given back, a line each. */
function tell(result: CheckResult, { json, strict }: CheckInvocation, io: Io, places: Places): readonly string[] {
  const { file, traces } = places;
  const failures = traces?.failure == null ? [] : [traces.failure];
  const base = file === null ? io.cwd : dirname(file.path);
  const report = jsonReport(result, (runId) => slashed(relativeTo(base, traces?.fileOf(runId))));
  const text = `${JSON.stringify(report, null, 2)}\n`;
  if (json === '-') io.stdout.write(text);
  if (file !== null) failures.push(...attempt(file, text));
  if (places.stoppedBy !== null) {
    const written = json === null ? '' : '; the report holds what is known so far';
    io.stderr.write(`interrupted by ${places.stoppedBy} after ${count(result.runs.length, 'run')}${written}\n`);
  } else if (json !== '-') {
    const traceOf = (runId: string) => readable(io.cwd, traces?.fileOf(runId));
    io.stdout.write(terminalReport(result, { style: styleFor(io), strict, traceOf }));
  }
  return failures;
}

function attempt(file: OutputFile, text: string): readonly string[] {
  try {
    file.write(text);
    return [];
  } catch (error) {
    return [`${file.path} cannot be written: ${reasonOf(error)}`];
  }
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
