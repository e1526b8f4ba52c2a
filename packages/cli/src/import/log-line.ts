import { isJsonObject, type Json, type JsonObject } from '@mcp-lifeline/trace';
import { isMessage, jsonAtStart, looksLikeMessage, parsed } from '../json-text.js';
import { elidedResponse } from './elided.js';
import { type LoggedTime, timeIn, timeOf } from './logged-time.js';
import { type Side, sideAtEnd, sideOf } from './side.js';

/** What a line of a log is. */
export type LogLine =
  | {
      readonly is: 'message';
      readonly side: Side;
      readonly message: Json;
      readonly time: LoggedTime | null;
      /** The server that the line names, where a log may be of several. */
      readonly server: string | null;
      /** The middle of it was left out by whoever logged it. */
      readonly isElided: boolean;
    }
  /** It holds a message that cannot be read, or nobody knows whose. */
  | { readonly is: 'hole'; readonly why: string; readonly server: string | null }
  /** It holds no message. */
  | { readonly is: 'other' };

/**
 * Reads a line in one of the forms that logs are known to have: a JSON object with a message and a direction among its
 * members, or a text that ends in a message behind a mark such as `-->`, `[client -> server]`, `Message from server:`.
 */
export function readLogLine(line: string): LogLine {
  const text = line.trim();
  if (text.startsWith('{')) {
    const value = parsed(text);
    if (isJsonObject(value)) return readObject(value);
  }
  return readText(text);
}

/**
 * Reads a line by a pattern of one's own: its group `json` holds the message, and `dir`, or that one of `client` and
 * `server` which took part, tells who sent it.
 */
export function readByPattern(line: string, pattern: RegExp): LogLine {
  const groups = pattern.exec(line.trim())?.groups;
  if (groups?.json === undefined) return OTHER;
  const { json, dir, client, server } = groups;
  const side: Side | null =
    client !== undefined ? { from: 'client' } : server !== undefined ? { from: 'server' } : sideOf(dir ?? '');
  const time = timeIn(groups.time ?? line.slice(0, line.indexOf(json)));
  return lineOf(json, { side, time, server: null });
}

const OTHER: LogLine = { is: 'other' };

const DIRECTION_KEYS = ['direction', 'dir', 'from', 'type', 'event', 'kind'];
const MESSAGE_KEYS = ['message', 'msg', 'data', 'payload', 'json', 'raw', 'body', 'content'];
const TIME_KEYS = ['timestamp', 'ts', 'time', 't', 'at', 'date'];

interface Around {
  readonly side: Side | null;
  readonly time: LoggedTime | null;
  readonly server: string | null;
}

function readObject(object: JsonObject): LogLine {
  const [side = null] = DIRECTION_KEYS.flatMap((key) => {
    const value = object[key];
    return (typeof value === 'string' ? sideOf(value) : null) ?? [];
  });
  const [time = null] = TIME_KEYS.flatMap((key) => timeOf(object[key]) ?? []);
  const around = { side, time, server: null };
  if ('jsonrpc' in object) return lineOf(object, { ...around, side: null });
  const read = MESSAGE_KEYS.map((key) => lineOf(object[key], around)).filter(({ is }) => is !== 'other');
  return read[0] ?? OTHER;
}

function readText(text: string): LogLine {
  const at = text.search(/\{|\[\s*\{/);
  const prefix = at === -1 ? text : text.slice(0, at);
  const server = DESKTOP.exec(prefix)?.groups?.server ?? null;
  const around = { side: sideAtEnd(prefix), time: timeIn(prefix), server };
  if (at !== -1) return lineOf(text.slice(at), around);
  return /message from (?:client|server):$/i.test(prefix)
    ? { is: 'hole', why: 'names a message and holds none', server }
    : OTHER;
}

/** The log of a desktop host names the server on each line: `2026-01-01T00:00:00.000Z [name] [info] Message from ...`. */
const DESKTOP = /\[(?<server>[^\]]+)\] \[\w+\] message from (?:client|server):?\s*$/i;

function lineOf(payload: Json | undefined, { side, time, server }: Around): LogLine {
  const isText = typeof payload === 'string';
  const value = isText ? jsonAtStart(payload.trim()) : payload;
  if (isMessage(value)) {
    if (side === null) return { is: 'hole', why: 'holds a message, and nothing tells who sent it', server };
    return { is: 'message', side, message: value, time, server, isElided: false };
  }
  if (!isText || value !== undefined || !looksLikeMessage(payload)) return OTHER;
  const message = elidedResponse(payload.trim());
  if (message === null || side === null) return { is: 'hole', why: 'holds a message that is not whole', server };
  return { is: 'message', side, message, time, server, isElided: true };
}
