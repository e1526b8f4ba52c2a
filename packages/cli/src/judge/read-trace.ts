import type { Trace } from '@mcp-lifeline/trace';
import { createTraceReader, TraceFormatError } from '@mcp-lifeline/trace/schema';
import { inputLines, MAX_LINE_BYTES, MAX_TEXT } from '../input-lines.js';
import { isTooDeep } from '../json-text.js';
import { UsageError } from '../usage-error.js';

/** A trace, and whether its file holds more than was read. */
export interface ReadTrace {
  readonly trace: Trace;
  readonly isCutShort: boolean;
}

/**
 * Reads a trace, as many events of it as one may.
 * @param named the file as it was named on the command line, for the message
 * @throws UsageError that names the line at which it is no trace, and what is wrong there
 */
export async function readTrace(
  chunks: AsyncIterable<Uint8Array>,
  named: string,
  maxEvents: number,
): Promise<ReadTrace> {
  const reader = createTraceReader();
  let length = 0;
  try {
    for await (const { number, text, fault, isTail } of inputLines(chunks)) {
      length += text?.length ?? 0;
      if (reader.count >= maxEvents || length > MAX_TEXT) return { trace: reader.finish('limit'), isCutShort: true };
      if (text === null) throw new TraceFormatError(number, FAULTS[fault ?? 'notUtf8']);
      if (isTooDeep(text)) throw new TraceFormatError(number, 'nested too deeply');
      if (isTail) reader.pushTail(text);
      else reader.push(text);
    }
    return { trace: reader.finish('cut'), isCutShort: false };
  } catch (error) {
    if (!(error instanceof TraceFormatError)) throw error;
    const hint = error.line === 1 ? '; mcp-lifeline import makes a trace out of a log' : '';
    throw new UsageError(`judge: ${named} is no trace: ${error.message}${hint}`);
  }
}

const FAULTS = { tooLong: `longer than ${MAX_LINE_BYTES / 1024 / 1024} MiB`, notUtf8: 'not UTF-8' } as const;
