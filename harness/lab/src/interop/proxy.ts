import { writeFileSync } from 'node:fs';
import { startChild } from '@mcp-lifeline/adapter-stdio/child';
import { createLineReader, type Line } from '@mcp-lifeline/adapter-stdio/framing';
import { PROCESS_DEFAULTS } from '@mcp-lifeline/core/process';
import { formatTrace, type Json } from '@mcp-lifeline/trace';
import { Recording } from './recording.js';

/**
 * Stands between a client and a server over stdio: copies the bytes both ways as they are, and writes down what crossed.
 *
 * It decides nothing: the end of input and SIGTERM are passed on, and it ends when the server has.
 *
 * @param file where the trace is written when the session is over
 * @param command the server, program first
 */
export async function runProxy(file: string, command: readonly [string, ...string[]]): Promise<number> {
  const recording = new Recording(command, null, 'proxy');
  const [program, ...args] = command;
  const fromClient = createLineReader((line) => recordSent(recording, line));
  const fromServer = createLineReader((line) => recordReceived(recording, line));
  const child = startChild({
    command: program,
    args,
    env: { ...process.env, ...recording.env },
    config: PROCESS_DEFAULTS,
    onOutput: (chunk) => {
      fromServer.push(chunk);
      process.stdout.write(chunk);
    },
    onStderr: (chunk) => process.stderr.write(chunk),
    onEvent: (event) => {
      if (event.type === 'outputEnded') fromServer.end();
      recording.process(event);
    },
  });
  process.stdin.on('data', (chunk: Uint8Array) => {
    fromClient.push(chunk);
    child.write(chunk);
  });
  process.stdin.once('end', () => {
    fromClient.end();
    child.endInput();
  });
  process.on('SIGTERM', () => {
    if (child.signal('SIGTERM')) recording.passedOn('SIGTERM');
  });
  const { code } = await child.over;
  const { trace } = await recording.end();
  writeFileSync(file, formatTrace(trace));
  return code ?? 1;
}

function recordSent(recording: Recording, line: Line): void {
  if (line.kind === 'json') recording.wire({ kind: 'sent', message: line.json as Json, bytes: line.bytes });
  else recording.wire({ kind: 'sentRaw', text: line.text, bytes: line.bytes });
}

function recordReceived(recording: Recording, line: Line): void {
  if (line.kind === 'json') recording.wire({ kind: 'received', message: line.json as Json, bytes: line.bytes });
  else recording.wire({ kind: 'garbled', why: line.why, text: line.text, bytes: line.bytes });
}
