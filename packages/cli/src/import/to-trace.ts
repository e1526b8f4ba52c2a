import { TOOL } from '@mcp-lifeline/check';
import { createRecorder, type Recorder, TRACE_FORMAT, type Trace } from '@mcp-lifeline/trace';
import { UsageError } from '../usage-error.js';
import type { ReadLog } from './read-log.js';
import { learnSecrets } from './secrets.js';
import type { LoggedMessage } from './sessions.js';

/**
 * Makes a trace out of a log. What a log does not hold stands in it as absent, so that nothing is judged by it.
 *
 * The tap is put at the client's end, whoever kept the log: each direction keeps its order on the way, so that whatever
 * crossed is as far apart as at any other place, and no rule depends on which of two crossing messages came first.
 * @param hasExactTimes its times are those at which the messages crossed
 * @throws UsageError when they shall be, and are not told to the millisecond
 */
export function traceOf(log: ReadLog, hasExactTimes: boolean): Trace {
  const { messages } = log;
  if (hasExactTimes) expectExactTimes(messages);
  const start = messages.find(({ time }) => time !== null)?.time?.ms ?? 0;
  let now = 0;
  const recorder = createRecorder({
    header: {
      trace: TRACE_FORMAT,
      tool: TOOL,
      target: { transport: 'stdio', command: [] },
      revision: null,
      clock: { unit: 'ms', startedAt: new Date(start).toISOString() },
    },
    now: () => now,
  });
  learnSecrets(
    recorder.redactor,
    messages.map(({ message }) => message),
  );
  noteAbsences(recorder, log, hasExactTimes);
  for (const { from, message, time } of messages) {
    // The recorder holds on to the last time where a clock was set back.
    now = time === null ? now : time.ms - start;
    const kind = from === 'client' ? 'sent' : 'received';
    recorder.record('client', { plane: 'wire', kind, message, bytes: Buffer.byteLength(JSON.stringify(message)) });
  }
  // Whether the session went on after the log, nobody knows.
  return recorder.end('cut');
}

function noteAbsences(
  recorder: Recorder,
  { messages, owner, cutAt, withoutId }: ReadLog,
  hasExactTimes: boolean,
): void {
  const note = (need: string, why: string): void =>
    recorder.record('client', { plane: 'note', kind: 'absent', need, why });
  note('process', 'a log of messages tells nothing of the process');
  note('bytes', 'a log holds messages, and not how they were written');
  if (!hasExactTimes) note('times', 'a log tells when its lines were written, and not when the messages crossed');
  if (owner !== 'client') note('tap', 'the log was not kept by the client, or does not tell by whom');
  const elided = messages.filter(({ isElided }) => isElided).length;
  if (elided > 0) note('contents', `results that were logged with a part left out: ${elided}`);
  if (withoutId > 0) note('withoutId', `responses without an id, to what the log does not hold: ${withoutId}`);
  if (cutAt !== null) note('wholeRun', `line ${cutAt.line} of the log ${cutAt.why}`);
}

function expectExactTimes(messages: readonly LoggedMessage[]): void {
  let last = Number.NEGATIVE_INFINITY;
  for (const { time, line } of messages) {
    if (time?.isExact !== true) throw new UsageError(`--exact-times: line ${line} has no time in milliseconds`);
    if (time.ms < last) throw new UsageError(`--exact-times: line ${line} is earlier than the one before it`);
    last = time.ms;
  }
}
