import { isJsonObject, type Json, type JsonObject } from '@mcp-lifeline/trace';
import { endOfValue, parsed } from '../json-text.js';

/** Stands in a result for the members that the log left out. */
export const LEFT_OUT = 'mcp-lifeline/left-out';

/**
 * Reads a response that a log cut short, as some do with everything long: its beginning, perhaps a remark, perhaps its
 * end.
 *
 * What is needed of it is its id, that it has a result, and that the result is an object; nothing that judges looks
 * further into the result of anything but `initialize`. Whatever else was cut cannot be made up for: a request has its
 * progress token somewhere inside.
 * @returns null where that much cannot be read
 */
export function elidedResponse(text: string): JsonObject | null {
  const top = membersOf(text, 1);
  const end = END.exec(text.slice(-LONGEST_END))?.groups ?? {};
  const jsonrpc = top.members.jsonrpc ?? (end.version === undefined ? undefined : parsed(end.version));
  const id = top.members.id ?? idIn(end.before) ?? idIn(end.after);
  if (jsonrpc !== '2.0' || id === undefined || top.open?.key !== 'result') return null;
  const result = text.slice(top.open.at);
  if (!result.startsWith('{')) return null;
  return { jsonrpc, id, result: { ...membersOf(result, 1).members, [LEFT_OUT]: true } };
}

/** The last members of a message, where they stand behind the cut: these quotes can only open a key. */
const END =
  /(?:,\s*"id"\s*:\s*(?<before>"[^"\\]*"|-?\d+)\s*)?,\s*"jsonrpc"\s*:\s*(?<version>"[^"\\]*")\s*(?:,\s*"id"\s*:\s*(?<after>"[^"\\]*"|-?\d+)\s*)?\}\s*(?:\{[^"{}]*\}\s*)?$/;

/** No id is so long that the last members do not fit in here. In characters. */
const LONGEST_END = 1_000;

function idIn(text: string | undefined): Json | undefined {
  return text === undefined ? undefined : parsed(text);
}

interface Members {
  readonly members: JsonObject;
  /** The member whose value is not whole: where it begins. */
  readonly open: { readonly key: string; readonly at: number } | null;
}

/** The whole members at the beginning of the text of an object that may be cut; `from` is behind its bracket. */
function membersOf(text: string, from: number): Members {
  const members: (readonly [key: string, value: Json])[] = [];
  let at = from;
  for (;;) {
    const head = /^[\s,]*("(?:[^"\\]|\\.)*")\s*:\s*/.exec(text.slice(at, at + LONGEST_KEY));
    const key = head?.[1] === undefined ? undefined : parsed(head[1]);
    if (head === null || typeof key !== 'string') return { members: Object.fromEntries(members), open: null };
    at += head[0].length;
    const end = endOfValue(text, at);
    const value = end === -1 ? undefined : parsed(text.slice(at, end));
    if (value === undefined) return { members: Object.fromEntries(members), open: { key, at } };
    members.push([key, value]);
    at = end;
  }
}

/** A key with what stands around it is no longer than this. In characters. */
const LONGEST_KEY = 200;

/** Whether a cut result still tells all that a handshake needs. */
export function isWholeHandshake(result: Json | undefined): boolean {
  if (!isJsonObject(result)) return false;
  return ['protocolVersion', 'capabilities', 'serverInfo'].every((key) => key in result);
}
