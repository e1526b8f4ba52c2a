import type { End } from '@mcp-lifeline/trace';

/** What a line says about who sent its message: who, or only which way it went as seen by whoever kept the log. */
export type Side = { readonly from: End } | { readonly way: 'out' | 'in' };

/** Reads a mark such as `client->server`, `Message from server`, `-->` or `received`; null for what is none. */
export function sideOf(mark: string): Side | null {
  const text = mark
    .replace(/\([^)]*\)/g, ' ')
    // clientToServer
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[[\]{}:=|,;"']+$/, '')
    .replace(/^[[{"']+/, '')
    .trim();
  const ends = endsOf(text);
  return arrowAlone(text) ?? CODES[text] ?? (ends === null ? spoken(text) : between(ends));
}

/** The mark at the end of what stands before a message: the longest that can be read. */
export function sideAtEnd(prefix: string): Side | null {
  const words = prefix.trim().split(/\s+/);
  for (let size = Math.min(words.length, LONGEST_MARK); size > 0; size -= 1) {
    const side = sideOf(words.slice(-size).join(' '));
    if (side !== null) return side;
  }
  // [2026-01-01][client->server]
  const bracketed = /\[([^[\]]+)\][\s:]*$/.exec(prefix)?.[1];
  return bracketed === undefined ? null : sideOf(bracketed);
}

/** A mark has no more words than this, such as `SSE -> Child (session 1234) :`. */
const LONGEST_MARK = 6;

const CODES: Readonly<Record<string, Side>> = {
  c2s: { from: 'client' },
  s2c: { from: 'server' },
  // Those of the server's process.
  stdin: { from: 'client' },
  stdout: { from: 'server' },
};

function arrowAlone(text: string): Side | null {
  if (/^(?:[-=]*>{1,3}|→|⇒)$/.test(text)) return { way: 'out' };
  return /^(?:<{1,3}[-=]*|←|⇐)$/.test(text) ? { way: 'in' } : null;
}

interface Ends {
  readonly source: string;
  readonly target: string;
}

/** What stands on both sides of `client -> server`, `server <- client`, `to the server`, `client_to_server`. */
function endsOf(text: string): Ends | null {
  const back = /^(?<target>.*?)\s*(?:<[-=]+|←|⇐)\s*(?<source>.+)$/.exec(text);
  const { source, target } = (back ?? FORTH.exec(text))?.groups ?? {};
  return source === undefined || target === undefined ? null : { source, target };
}

const FORTH = /^(?<source>.*?)\s*(?:[-=]+>|→|⇒|>+|[\s_-]to[\s_-]|^to[\s_-])\s*(?<target>.+)$/;

function between({ source, target }: Ends): Side | null {
  const sender = endIn(wordsOf(source));
  const receiver = endIn(wordsOf(target));
  if (sender !== null) return sender === receiver ? null : { from: sender };
  return receiver === null ? null : { from: otherThan(receiver) };
}

/** `client`, `from the server`, `client sent`, `received`, `sent response`. */
function spoken(text: string): Side | null {
  const words = wordsOf(text);
  const end = endIn(words);
  const rest = words.filter((word) => !isEnd(word));
  const [verb] = rest.filter((word) => OUT.has(word) || IN.has(word));
  const others = rest.filter((word) => word !== verb);
  if (end === null) {
    const isPlain = verb !== undefined && others.every((word) => NOUNS.has(word) || word === 'request');
    return isPlain && !words.some(isEnd) ? { way: OUT.has(verb) ? 'out' : 'in' } : null;
  }
  const isNamed = rest.includes('from') || rest.includes('by');
  // A "server request" may be one to the server.
  const isKnown = (word: string): boolean => NOUNS.has(word) || FILLERS.has(word) || (isNamed && word === 'request');
  if (!others.every(isKnown)) return null;
  if (verb === undefined || isNamed) return { from: end };
  return { from: OUT.has(verb) ? end : otherThan(end) };
}

const CLIENT = new Set(['client', 'host', 'editor', 'ide']);
const SERVER = new Set(['server', 'child']);
const OUT = new Set('send sends sent sending out outgoing outbound tx write wrote written'.split(' '));
const IN = new Set('receive receives received receiving recv in incoming inbound rx read'.split(' '));
const NOUNS = new Set('message messages msg response notification reply json jsonrpc rpc line data'.split(' '));
const FILLERS = new Set('from by the mcp side'.split(' '));

function wordsOf(text: string): readonly string[] {
  return text.split(/[^a-z]+/).filter((word) => word !== '');
}

function isEnd(word: string): boolean {
  return CLIENT.has(word) || SERVER.has(word);
}

/** The one end that is named; null where none is, or both are. */
function endIn(words: readonly string[]): End | null {
  const isClient = words.some((word) => CLIENT.has(word));
  const isServer = words.some((word) => SERVER.has(word));
  if (isClient === isServer) return null;
  return isClient ? 'client' : 'server';
}

function otherThan(end: End): End {
  return end === 'client' ? 'server' : 'client';
}
