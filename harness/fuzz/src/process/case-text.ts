import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { isRevision } from '@mcp-lifeline/specs';
import { isJsonObject, type Json, type JsonObject } from '@mcp-lifeline/trace';
import { type Act, type Case, DECLARABLE, GARBAGE, ID_KINDS, QUESTIONS, REPLIES, type RequestAct } from './act.js';

/** What a written case begins with: the version of its form. */
const PREFIX = 'f1.';
/** No case that anybody makes is longer, written out. In characters. */
const MOST_CHARACTERS = 100_000;
const MOST_ACTS = 1_000;
/** No act waits longer. In ms. */
const MOST_MS = 60_000;

/** Writes a case on one line: `f1.` and base64url. */
export function formatCase(one: Case): string {
  return PREFIX + deflateRawSync(JSON.stringify([one.offer, one.acts]), { level: 9 }).toString('base64url');
}

/**
 * Reads what {@link formatCase} wrote.
 * @returns null for anything else
 */
export function parseCase(text: string): Case | null {
  if (!text.startsWith(PREFIX)) return null;
  try {
    const bytes = Buffer.from(text.slice(PREFIX.length), 'base64url');
    const json = inflateRawSync(bytes, { maxOutputLength: MOST_CHARACTERS }).toString();
    return readCase(JSON.parse(json) as Json);
  } catch {
    return null;
  }
}

function readCase(json: Json): Case | null {
  const [offer, acts] = Array.isArray(json) ? (json as readonly Json[]) : [];
  if (typeof offer !== 'string' || !isRevision(offer) || !Array.isArray(acts)) return null;
  if (acts.length > MOST_ACTS || !acts.every(isAct)) return null;
  return { offer, acts: acts as unknown as readonly Act[] };
}

function isAct(json: Json): boolean {
  if (!isJsonObject(json) || (json.joined !== undefined && json.joined !== true)) return false;
  switch (json.do) {
    case 'initialize':
      return Array.isArray(json.declares) && json.declares.every((one) => isOneOf(one, DECLARABLE));
    case 'request':
      return isRequest(json);
    case 'cancel':
      return isName(json.of);
    case 'batch':
      return isBatch(json);
    case 'garbage':
      return isOneOf(json.text, GARBAGE);
    case 'reply':
      return isOneOf(json.how, REPLIES);
    case 'pause':
    case 'stop-reading':
      return typeof json.ms === 'number' && json.ms >= 0 && json.ms <= MOST_MS;
    default:
      return isOneOf(json.do, BARE);
  }
}

/** Acts of which there is nothing more to say. */
const BARE = [
  'initialized',
  'cancel-unknown',
  'tell-roots-changed',
  'stray-response',
  'settle',
  'eof',
  'sigterm',
] as const satisfies readonly Act['do'][];

function isBatch({ members, hasNotification }: JsonObject): boolean {
  if (!Array.isArray(members) || !members.every((one) => isJsonObject(one) && isRequest(one))) return false;
  return hasNotification === undefined || hasNotification === true;
}

function isRequest({ do: kind, ask, as, id, token, pieces }: JsonObject): boolean {
  const isNamed = kind === 'request' && isName(as) && isOneOf(ask, QUESTIONS) && isOneOf(id, ID_KINDS);
  const hasToken = token === undefined || isOneOf(token, ['number', 'string'] satisfies RequestAct['token'][]);
  return isNamed && hasToken && (pieces === undefined || (isName(pieces) && pieces <= MOST_PIECES));
}

const MOST_PIECES = 100;

function isName(json: Json | undefined): json is number {
  return typeof json === 'number' && Number.isInteger(json) && json > 0 && json < MOST_ACTS * MOST_ACTS;
}

function isOneOf(json: Json | undefined, all: readonly string[]): boolean {
  return typeof json === 'string' && all.includes(json);
}
