import { dirname, relative, resolve, sep } from 'node:path';
import { attempt, openOutputFiles } from '../check/output-files.js';
import { Progress } from '../check/progress.js';
import { EXIT, exitCodeOf } from '../exit-code.js';
import { expectOtherPlaces, inputName, openInput } from '../input-lines.js';
import type { JudgeInvocation } from '../invocation.js';
import type { Io } from '../io.js';
import type { OutputFile } from '../output-file.js';
import { junitReport } from '../report/junit.js';
import { styleFor } from '../report/style.js';
import { type JudgedRecording, jsonJudgement } from './json.js';
import { judgeRecording } from './judge-recording.js';
import { type Judgement, judgementOf, noJudgement } from './outcome.js';
import { readTrace } from './read-trace.js';
import { recordingOf, revisionOf, rolesOf } from './recording.js';
import { judgeReport } from './report.js';

/** `judge TRACE`: judges a recording, tells the result, and gives the exit code. */
export async function judge(invocation: JudgeInvocation, io: Io): Promise<number> {
  const { file, role, maxEvents } = invocation;
  expectOtherPlaces(file, { '--json': invocation.json, '--junit': invocation.junit }, io.cwd);
  const files = openOutputFiles({ ...invocation, writeExpect: null }, io.cwd);
  const path = file === '-' ? file : resolve(io.cwd, file);
  const { trace, isCutShort } = await readTrace(openInput(path, file, 'judge', io), inputName(file), maxEvents);
  if (isCutShort)
    io.stderr.write(`${inputName(file)} is judged by its first ${trace.events.length - 1} events (--max-events)\n`);
  const recording = recordingOf(trace);
  const judged = { file, recording, roles: rolesOf(recording, role), isCutShort };
  const judgement = await judgementOn(judged, invocation, io);
  const failures = tell(judgement, judged, invocation, io, files);
  for (const failure of failures) io.stderr.write(`mcp-lifeline: ${failure}\n`);
  return failures.length > 0 ? EXIT.ourFault : exitCodeOf(judgement, invocation.strict);
}

/** To look at so many events takes a second; beyond, one wants to see that it goes on. */
const MANY_EVENTS = 2_000;

async function judgementOn(
  { recording, roles }: JudgedRecording,
  { only, revision: asked }: JudgeInvocation,
  io: Io,
): Promise<Judgement> {
  const startedAt = performance.now();
  const elapsed = (): number => (performance.now() - startedAt) / 1000;
  if (recording.handshake.result === null) {
    return noJudgement(recording, `no handshake: ${recording.handshake.failure}`, elapsed());
  }
  const found = asked === null ? revisionOf(recording) : { revision: asked };
  if ('why' in found) return noJudgement(recording, found.why, elapsed());
  const { revision } = found;
  const progress = new Progress(io.stderr);
  const isLong = recording.trace.events.length > MANY_EVENTS;
  const rows = await judgeRecording(recording, {
    roles,
    revision,
    only,
    onStart: async ({ id, index, total }) => {
      if (!isLong) return;
      progress.show(id, index, total);
      // What was shown gets out, and a signal gets in.
      await new Promise((resolve) => setImmediate(resolve));
    },
  });
  progress.clear();
  return judgementOf(recording, revision, rows, elapsed());
}

/** Writes the judgement to wherever it shall go; what could not be written is given back, a line each. */
function tell(
  judgement: Judgement,
  judged: JudgedRecording,
  { json, junit, strict, file }: JudgeInvocation,
  io: Io,
  files: { readonly json: OutputFile | null; readonly junit: OutputFile | null },
): readonly string[] {
  const failures: string[] = [];
  const put = (to: OutputFile | null, isStdout: boolean, text: () => string): void => {
    if (isStdout) io.stdout.write(text());
    if (to !== null) failures.push(...attempt(to, text()));
  };
  const traceSeenFrom = (to: OutputFile | null): string | undefined =>
    file === '-'
      ? undefined
      : relative(to === null ? io.cwd : dirname(to.path), resolve(io.cwd, file))
          .split(sep)
          .join('/');
  put(files.json, json === '-', () => {
    return `${JSON.stringify(jsonJudgement(judgement, judged, traceSeenFrom(files.json)), null, 2)}\n`;
  });
  put(files.junit, junit === '-', () => junitReport(judgement, { strict, traceOf: () => traceSeenFrom(files.junit) }));
  if (json !== '-' && junit !== '-') {
    io.stdout.write(judgeReport(judgement, judged, { style: styleFor(io), strict, traceOf: () => undefined }));
  }
  return failures;
}
