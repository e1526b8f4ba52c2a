import { resolve } from 'node:path';
import { formatTrace } from '@mcp-lifeline/trace';
import { attempt } from '../check/output-files.js';
import { EXIT } from '../exit-code.js';
import { expectOtherPlaces, inputName, openInput } from '../input-lines.js';
import type { ImportInvocation } from '../invocation.js';
import type { Io } from '../io.js';
import { openOutputFile } from '../output-file.js';
import { count } from '../report/text.js';
import { expectNotifications } from './completeness.js';
import { type ReadLog, readLog } from './read-log.js';
import { traceOf } from './to-trace.js';

/** `import LOG`: makes a trace out of a log of messages, tells what it read, and gives the exit code. */
export async function importLog(invocation: ImportInvocation, io: Io): Promise<number> {
  const { file, output, hasExactTimes, isComplete } = invocation;
  expectOtherPlaces(file, { '-o': output }, io.cwd);
  const to = output === '-' ? null : openOutputFile(resolve(io.cwd, output), '-o');
  const path = file === '-' ? file : resolve(io.cwd, file);
  const log = await readLog(openInput(path, file, 'import', io), inputName(file), invocation);
  if (!isComplete) expectNotifications(log.messages);
  const text = formatTrace(traceOf(log, hasExactTimes));
  if (to === null) io.stdout.write(text);
  const failures = to === null ? [] : attempt(to, text);
  for (const line of [...tellingOf(log), ...failures.map((failure) => `mcp-lifeline: ${failure}`)]) {
    io.stderr.write(`${line}\n`);
  }
  return failures.length > 0 ? EXIT.ourFault : EXIT.ok;
}

/** What was read, and what was left out. */
function tellingOf({ messages, others, withoutId, cutAt, owner }: ReadLog): readonly string[] {
  const sent = messages.filter(({ from }) => from === 'client').length;
  const elided = messages.filter(({ isElided }) => isElided).length;
  const whose = owner === null ? '' : `, logged by the ${owner}`;
  return [
    `${count(messages.length, 'message')}${whose}: ${sent} of the client, ${messages.length - sent} of the server`,
    ...(others > 0 ? [`${count(others, 'line')} of the log ${others === 1 ? 'holds' : 'hold'} no message`] : []),
    ...(elided > 0 ? [`${count(elided, 'result')} logged with a part left out`] : []),
    ...(withoutId > 0
      ? [`left out: ${count(withoutId, 'response')} without an id, to what the log does not hold`]
      : []),
    ...(cutAt === null ? [] : [`left out: all from line ${cutAt.line} on, which ${cutAt.why}`]),
  ];
}
