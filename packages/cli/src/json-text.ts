import { isJsonObject, type Json } from '@mcp-lifeline/trace';

/** The JSON value at the beginning of a text, whatever stands behind it; undefined where there is none. */
export function jsonAtStart(text: string): Json | undefined {
  const whole = parsed(text);
  if (whole !== undefined) return whole;
  const end = endOfValue(text);
  return end === -1 ? undefined : parsed(text.slice(0, end));
}

/** The JSON value that a whole text is; undefined for what is none. */
export function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** Whether a value is a JSON-RPC message, or a batch of them, as far as its members tell. */
export function isMessage(value: Json | undefined): value is Json {
  if (Array.isArray(value)) return value.length > 0 && value.every((member: Json) => isMessage(member));
  if (!isJsonObject(value)) return false;
  return (
    'jsonrpc' in value || typeof value.method === 'string' || ('id' in value && ('result' in value || 'error' in value))
  );
}

/** An id by its value, so that `1` and `"1"` are the same: whoever mangles the type of an id still answers. */
export function idText(id: Json | undefined): string {
  return typeof id === 'string' ? id : (JSON.stringify(id) ?? '');
}

/** Whether a text that is no JSON was meant to be a message. */
export function looksLikeMessage(text: string): boolean {
  return /"jsonrpc"\s*:|"method"\s*:\s*"/.test(text);
}

/** Whether a text is nested so deeply that whoever walks through its value may run out of stack. */
export function isTooDeep(text: string): boolean {
  if (text.length <= DEEPEST) return false;
  let depth = 0;
  for (let at = 0; at < text.length && depth <= DEEPEST; at += 1) {
    const character = text[at];
    // A quote without another behind it ends all: what is no JSON is found out elsewhere.
    if (character === '"') at = endOfString(text, at) - 1;
    if (at < 0) return false;
    if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
  }
  return depth > DEEPEST;
}

/** What is read from a server may be nested as deeply. */
const DEEPEST = 1_000;

/** Where the value that begins at `from` is over, as far as brackets and quotes tell; -1 where it is not whole. */
export function endOfValue(text: string, from = 0): number {
  const first = text[from];
  if (first === '"') return endOfString(text, from);
  if (first !== '{' && first !== '[') {
    // A number or a word at the very end of the text may go on.
    const length = text.slice(from, from + LONGEST_WORD).search(/[\s,}\]]/);
    return length === -1 ? -1 : from + length;
  }
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') {
      const end = endOfString(text, at);
      if (end === -1) return -1;
      at = end - 1;
    } else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return -1;
}

/** `true`, `null`, or a number. In characters. */
const LONGEST_WORD = 400;

function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return -1;
}
