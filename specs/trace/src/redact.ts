import type { Json } from './json.js';

/** A secret that was found, by label, with the facts that judging may need and that give nothing away. */
export interface SecretFacts {
  readonly label: string;
  readonly length: number;
  readonly visibleAscii: boolean;
}

/**
 * Replaces known secrets by stable labels such as `env#API_KEY`, wherever they occur in a value.
 *
 * A secret is found as itself and as it looks inside JSON text (escaped, also twice); of a secret with several lines
 * each long line is found as well. Other encodings (base64, percent) are not. What secrets cover together, when they
 * overlap, becomes one label; a label that would itself show a secret is replaced by a number.
 */
export interface Redactor {
  /**
   * Makes `value` a secret from now on. Values shorter than {@link SHORTEST_SECRET} characters are refused: replacing
   * them would destroy the trace and protect nothing.
   * @returns whether it is kept from now on
   */
  add(label: string, value: string): boolean;
  /** The text with each secret replaced by its label. */
  text(text: string): string;
  /** The same for the beginning of a longer text: a secret that was cut in two at its end is replaced as well. */
  head(text: string): string;
  /** The same plain data, with secrets replaced in every string, in every key, and where a number spells one. */
  json<T>(value: T): T;
  /** Every secret so far, in the order they were added. */
  facts(): readonly SecretFacts[];
}

/** Shorter values are not treated as secrets. In characters. */
export const SHORTEST_SECRET = 4;

/** A line of a longer secret is looked for on its own from this length on. In characters. */
const SHORTEST_LINE = 8;

/** Stands for a whole text in which label and surroundings would spell a secret anew. */
const NOTHING_LEFT = '#';

/** A redactor that knows no secret yet. */
export function createRedactor(): Redactor {
  const secrets = new Map<string, string>();
  let known: readonly Spelling[] = [];

  const text = (input: string, cut: readonly Span[] = []): string => {
    const spans = merge([...known.flatMap((spelling) => occurrences(input, spelling)), ...cut]);
    if (spans.length === 0) return input;
    const output = replace(input, spans);
    return known.some((spelling) => output.includes(spelling.text)) ? NOTHING_LEFT : output;
  };
  const labelOf = (value: string): string | undefined => known.find((spelling) => spelling.text === value)?.label;

  return {
    add(label, value) {
      if (value.length < SHORTEST_SECRET) return false;
      if (!secrets.has(value)) {
        secrets.set(value, label);
        known = spell(secrets);
      }
      return true;
    },
    text: (input) => text(input),
    head: (input) => text(input, cutAtEnd(input, known)),
    json: (value) => (known.length === 0 ? value : (redactJson(value as Json, text, labelOf) as typeof value)),
    facts: () =>
      [...secrets.keys()].map((value) => ({
        label: labelOf(value) ?? NOTHING_LEFT,
        length: value.length,
        visibleAscii: /^[\x21-\x7e]*$/.test(value),
      })),
  };
}

/** One way in which a secret is written. */
interface Spelling {
  readonly text: string;
  readonly label: string;
}

/** A part of a text that belongs to a secret. */
interface Span {
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

function spell(secrets: ReadonlyMap<string, string>): readonly Spelling[] {
  const texts = [...secrets.keys()].flatMap(spellings);
  const labelled = [...secrets].map(([value, label], index) => {
    return { text: value, label: texts.some((text) => label.includes(text)) ? `#${index + 1}` : label };
  });
  const others = labelled.flatMap(({ text, label }) => spellings(text).map((one) => ({ text: one, label })));
  // A line of one secret may be another: that one keeps its own label, so it comes last.
  return [...new Map([...others, ...labelled].map((spelling) => [spelling.text, spelling])).values()];
}

function spellings(value: string): readonly string[] {
  const lines = value.split(/[\r\n]+/).filter((line) => line.length >= SHORTEST_LINE);
  return [value, ...lines].flatMap((one) => [one, escaped(one), escaped(escaped(one))]);
}

function escaped(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}

/** Where the spelling stands; what overlaps itself is one span. */
function occurrences(input: string, { text, label }: Spelling): readonly Span[] {
  const spans: Span[] = [];
  for (let at = input.indexOf(text); at !== -1; at = input.indexOf(text, at + 1)) {
    const last = spans.at(-1);
    const end = at + text.length;
    if (last !== undefined && at < last.end) spans[spans.length - 1] = { ...last, end };
    else spans.push({ start: at, end, label });
  }
  return spans;
}

/** The longest beginning of a secret at the end of a text, for a text that goes on where it was cut. */
function cutAtEnd(input: string, known: readonly Spelling[]): readonly Span[] {
  // Where the cut went through a character, what is left of it was decoded as this.
  const whole = input.replace(/\ufffd{1,3}$/, '');
  let longest: Span | null = null;
  for (const { text, label } of known) {
    for (let size = Math.min(text.length - 1, whole.length); size > 0; size -= 1) {
      if (!whole.endsWith(text.slice(0, size))) continue;
      const start = whole.length - size;
      if (longest === null || start < longest.start) longest = { start, end: input.length, label };
      break;
    }
  }
  return longest === null ? [] : [longest];
}

/** Overlapping spans become one, under the label of the first and longest. */
function merge(spans: readonly Span[]): readonly Span[] {
  const merged: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = merged.at(-1);
    if (last === undefined || span.start >= last.end) merged.push(span);
    else if (span.end > last.end) merged[merged.length - 1] = { ...last, end: span.end };
  }
  return merged;
}

function replace(input: string, spans: readonly Span[]): string {
  let output = '';
  let at = 0;
  for (const { start, end, label } of spans) {
    output += input.slice(at, start) + label;
    at = end;
  }
  return output + input.slice(at);
}

function redactJson(
  value: Json,
  text: (input: string) => string,
  named: (spelled: string) => string | undefined,
): Json {
  if (typeof value === 'string') return text(value);
  // Only a number that is a secret: one that merely contains its digits gives nothing away.
  if (typeof value === 'number') return named(String(value)) ?? value;
  if (Array.isArray(value)) return value.map((item: Json) => redactJson(item, text, named));
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => [text(key), redactJson(item, text, named)] as const);
    return Object.fromEntries(entries);
  }
  return value;
}
