import { type Exchange, fence, requestMessage } from '@mcp-lifeline/peer';
import type { Json } from '@mcp-lifeline/trace';
import { isAlive, openSession, type Scenario, type Stage } from './scenario.js';

/** A request in single bytes. */
const split = writtenAs('framing-split', 'framing.split', async (stage, method) => {
  const question = prepare(stage, method);
  await stage.peer.sendFramed('split', [question.message], cutAt(question.line, everyPlaceIn(question.line)));
  return [question.exchange];
});

/** Many requests in one write. */
const joined = writtenAs('framing-joined', 'framing.joined', async (stage, method) => {
  const questions = Array.from({ length: JOINED }, () => prepare(stage, method));
  const lines = Buffer.concat(questions.map(({ line }) => line));
  await stage.peer.sendFramed('joined', messagesOf(questions), [lines]);
  return questions.map(({ exchange }) => exchange);
});

/** Ids beyond ASCII: one request for each place at which a character of theirs can be cut, and one with all the cuts. */
const unicode = writtenAs('framing-unicode', 'framing.unicode', async (stage, method) => {
  const exchanges: Exchange[] = [];
  const ask = async (name: string, pick: (places: readonly number[]) => readonly number[]): Promise<void> => {
    const { exchange, message, line } = prepare(stage, method, `${BEYOND_ASCII}-${name}`);
    exchanges.push(exchange);
    await stage.peer.sendFramed('split-characters', [message], cutAt(line, pick(placesInCharacters(line))));
  };
  const places = placesInCharacters(Buffer.from(BEYOND_ASCII)).length;
  for (let index = 0; index < places; index += 1) await ask(`cut ${index + 1}`, (all) => all.slice(index, index + 1));
  await ask('all cuts', (all) => all);
  return exchanges;
});

/** A request that ends in CR LF. */
const crlf = writtenAs('framing-crlf', 'framing.crlf', async (stage, method) => {
  const { exchange, message, line } = prepare(stage, method);
  await stage.peer.sendFramed('crlf', [message], [Buffer.concat([line.subarray(0, -1), Buffer.from('\r\n')])]);
  return [exchange];
});

/** A request of 1 MiB, which any reader may pass over: padding in `_meta`. */
const large = writtenAs('framing-large', 'framing.large', async (stage, method) => {
  const exchange = stage.peer.prepare(method);
  const message = requestMessage(exchange, { _meta: { 'mcp-lifeline/padding': 'x'.repeat(LARGE_BYTES) } });
  await stage.peer.sendFramed('large', [message], [lineOf(message)]);
  return [exchange];
});

/** The scenarios about the bytes on the wire. Each has its own process: a server that loses its place stays lost. */
export const FRAMING_SCENARIOS: readonly Scenario[] = [split, joined, unicode, crlf, large];

/** More than one reader takes at a time, and little enough for one write. */
const JOINED = 25;
const LARGE_BYTES = 1024 * 1024;
/** Characters of two, three and four bytes. */
const BEYOND_ASCII = '\u00fc\u6f22\u{1f680}';

interface Question {
  readonly exchange: Exchange;
  readonly message: Json;
  /** Its bytes, newline included. */
  readonly line: Buffer;
}

/** A scenario that writes requests in its own way, and waits for all of their answers. */
function writtenAs(
  id: string,
  check: string,
  write: (stage: Stage, method: string) => Promise<readonly Exchange[]>,
): Scenario {
  return {
    id,
    countedOnly: true,
    asks: [check],
    play: async (stage) => {
      const { peer, budget } = stage;
      if (!(await openSession(stage))) return 'close';
      // Whoever has no ping is asked for something else: it is the bytes that matter here.
      const hasPing = (await peer.answered(peer.request('ping'), budget.answerMs)) === 'met';
      if (!isAlive(stage)) return 'close';
      const exchanges = await write(stage, hasPing ? 'ping' : 'tools/list');
      const isAnswered = () => exchanges.every(({ answer }) => answer !== null);
      await peer.until(isAnswered, budget.answerMs, 'what was written in an unusual way');
      await fence(peer, budget.answerMs);
      return 'close';
    },
  };
}

function prepare({ peer }: Stage, method: string, id?: string): Question {
  const exchange = peer.prepare(method, id);
  const message = requestMessage(exchange, method === 'ping' ? undefined : {});
  return { exchange, message, line: lineOf(message) };
}

function lineOf(message: Json): Buffer {
  return Buffer.from(`${JSON.stringify(message)}\n`);
}

function messagesOf(questions: readonly Question[]): readonly Json[] {
  return questions.map(({ message }) => message);
}

function cutAt(bytes: Buffer, places: readonly number[]): readonly Buffer[] {
  return [0, ...places].map((place, index) => bytes.subarray(place, places[index]));
}

function everyPlaceIn(bytes: Buffer): readonly number[] {
  return Array.from({ length: bytes.length - 1 }, (_, index) => index + 1);
}

/** The places between two bytes of one character: before each byte that continues one. */
function placesInCharacters(bytes: Buffer): readonly number[] {
  return [...bytes.entries()].filter(([, byte]) => (byte & 0xc0) === 0x80).map(([place]) => place);
}
