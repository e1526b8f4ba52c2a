import { type End, isJsonObject } from '@mcp-lifeline/trace';
import { traceHeaderSchema } from '@mcp-lifeline/trace/schema';
import { inputLines, MAX_TEXT } from '../input-lines.js';
import type { ImportInvocation } from '../invocation.js';
import { idText, isTooDeep, parsed } from '../json-text.js';
import { UsageError } from '../usage-error.js';
import { isWholeHandshake } from './elided.js';
import { type LogLine, readByPattern, readLogLine } from './log-line.js';
import { ownerOf, senderOf } from './owner.js';
import { type Hole, type LoggedMessage, type LogItem, sessionOf } from './sessions.js';

/** One session out of a log. */
export interface ReadLog {
  readonly messages: readonly LoggedMessage[];
  /** Whose log it is, where that is known. */
  readonly owner: End | null;
  /** The lines that hold no message. */
  readonly others: number;
  /** Errors without an id: what they answer is not in the log. */
  readonly withoutId: number;
  /** Where the session is cut: from here on nothing is known for sure. */
  readonly cutAt: { readonly line: number; readonly why: string } | null;
}

/**
 * Reads a log, and picks one session out of it.
 * @param named the file as it was named on the command line, for the message
 * @throws UsageError when no session can be read
 */
export async function readLog(
  chunks: AsyncIterable<Uint8Array>,
  named: string,
  invocation: ImportInvocation,
): Promise<ReadLog> {
  const { lines, others } = await readLines(chunks, named, invocation);
  const own = ofServer(lines, invocation.server);
  const seen = own.filter((line): line is Numbered & { is: 'message' } => line.is === 'message');
  const owner = ownerOf(seen, invocation.logOf);
  const items = own.map((line): LogItem => {
    if (line.is === 'hole') return line;
    const { side, ...rest } = line;
    return { ...rest, from: senderOf(side, owner) };
  });
  if (items.length === 0) throw new UsageError(`import: ${named} holds no message that can be read; ${EXPECTED}`);
  const session = sessionOf(items, invocation.session);
  const hole = firstHole(session);
  const whole = session.filter(isMessage).filter(({ line }) => hole === null || line < hole.line);
  const messages = whole.filter(({ message }) => !isWithoutId(message));
  expectWholeMessages(messages, hole, named);
  return {
    messages,
    owner,
    others,
    withoutId: whole.length - messages.length,
    cutAt: hole,
  };
}

type Numbered = Exclude<LogLine, { is: 'other' }> & { readonly line: number };

/** All messages and holes, at most as many as one may have: what comes beyond is a hole. */
async function readLines(
  chunks: AsyncIterable<Uint8Array>,
  named: string,
  { pattern, maxEvents }: ImportInvocation,
): Promise<{ readonly lines: readonly Numbered[]; readonly others: number }> {
  const lines: Numbered[] = [];
  let others = 0;
  let length = 0;
  for await (const { number, text, fault } of inputLines(chunks)) {
    if (text === null) {
      lines.push({ is: 'hole', line: number, why: FAULTS[fault ?? 'notUtf8'], server: null });
      continue;
    }
    if (number === 1 && traceHeaderSchema.safeParse(parsed(text)).success) {
      throw new UsageError(`import: ${named} is a trace already: mcp-lifeline judge ${named}`);
    }
    const read = isTooDeep(text) ? TOO_DEEP : pattern === null ? readLogLine(text) : readByPattern(text, pattern);
    if (read.is === 'other') others += 1;
    else if (lines.length < maxEvents && length <= MAX_TEXT) {
      length += text.length;
      lines.push({ ...read, line: number });
    } else {
      lines.push({
        is: 'hole',
        line: number,
        why: `comes after ${lines.length} messages (--max-events)`,
        server: null,
      });
      break;
    }
  }
  return { lines, others };
}

const TOO_DEEP: LogLine = { is: 'hole', why: 'is nested too deeply', server: null };

const FAULTS = { tooLong: 'is too long to be read', notUtf8: 'is not UTF-8' } as const;

const EXPECTED =
  'a line is to be JSON with a direction and a message, or a message behind a mark such as -->, [client -> server] or Message from server:; --pattern reads others';

/** The lines of one server. What names none is everybody's. */
function ofServer(lines: readonly Numbered[], server: string | null): readonly Numbered[] {
  const names = [...new Set(lines.flatMap((line) => line.server ?? []))];
  if (server === null && names.length > 1) {
    throw new UsageError(`import: it holds messages of ${names.join(', ')}; --server NAME picks one`);
  }
  if (server !== null && !names.includes(server)) {
    const told = names.length === 0 ? 'no line names a server' : `there are ${names.join(', ')}`;
    throw new UsageError(`--server: there is no "${server}" in it; ${told}`);
  }
  return lines.filter((line) => server === null || line.server === null || line.server === server);
}

function isMessage(item: LogItem): item is LoggedMessage {
  return item.is === 'message';
}

/** An error that names no request answers something that could not be read, and so is not in the log. */
function isWithoutId(message: LoggedMessage['message']): boolean {
  if (!isJsonObject(message) || message.method !== undefined) return false;
  return message.id === undefined || message.id === null;
}

/** The first line at which it is not known for sure any more what crossed. */
function firstHole(session: readonly LogItem[]): Hole | null {
  const asked = new Set<string>();
  for (const item of session) {
    if (item.is === 'hole') return item;
    const { message, line, isElided } = item;
    if (!isJsonObject(message)) continue;
    if (message.method === 'initialize') asked.add(idText(message.id));
    const isHandshake = message.method === undefined && asked.has(idText(message.id));
    if (isElided && isHandshake && !isWholeHandshake(message.result)) return { is: 'hole', line, why: NO_HANDSHAKE };
  }
  return null;
}

const NO_HANDSHAKE = 'holds too little of the answer to initialize';

function expectWholeMessages(messages: readonly LoggedMessage[], hole: Hole | null, named: string): void {
  if (messages.length === 0) {
    const why = hole === null ? '' : `: line ${hole.line} ${hole.why}`;
    throw new UsageError(`import: ${named} holds no message that can be read${why}; ${EXPECTED}`);
  }
  const isWhole = messages.some(({ message }) => JSON.stringify(message).includes('"jsonrpc"'));
  if (!isWhole) {
    throw new UsageError(
      `import: no message of ${named} has the member jsonrpc, so that they were not logged as they crossed`,
    );
  }
}
