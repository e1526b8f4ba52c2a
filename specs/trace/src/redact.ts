import type { Json } from './json.js';

/** A secret that was found, by label, with the facts that judging may need and that give nothing away. */
export interface SecretFacts {
  readonly label: string;
  readonly length: number;
  readonly visibleAscii: boolean;
}

/** Replaces known secrets by stable labels such as `env#API_KEY`, wherever they occur in a value. */
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
  /** The same plain data, with secrets replaced in every string and every key. */
  json<T>(value: T): T;
  /** Every secret so far, in the order they were added. */
  facts(): readonly SecretFacts[];
}

/** Shorter values are not treated as secrets. In characters. */
export const SHORTEST_SECRET = 4;

/** A redactor that knows no secret yet. */
export function createRedactor(): Redactor {
  const secrets = new Map<string, string>();
  let longestFirst: [value: string, label: string][] = [];

  const text = (input: string): string => {
    let output = input;
    for (const [value, label] of longestFirst) {
      if (output.includes(value)) output = output.replaceAll(value, () => label);
    }
    return output;
  };

  return {
    add(label, value) {
      if (value.length < SHORTEST_SECRET) return false;
      if (!secrets.has(value)) {
        secrets.set(value, label);
        // A secret may contain another: the longer one has to go first, or its rest would stay readable.
        longestFirst = [...secrets].flatMap(spellings).sort(([a], [b]) => b.length - a.length);
      }
      return true;
    },
    text,
    head: (input) => {
      const output = text(input);
      for (const [value, label] of longestFirst) {
        for (let size = Math.min(value.length, output.length) - 1; size > 0; size -= 1) {
          if (output.endsWith(value.slice(0, size))) return output.slice(0, -size) + label;
        }
      }
      return output;
    },
    json: (value) => (secrets.size === 0 ? value : (redactJson(value as Json, text) as typeof value)),
    facts: () =>
      [...secrets].map(([value, label]) => ({
        label,
        length: value.length,
        visibleAscii: /^[\x21-\x7e]*$/.test(value),
      })),
  };
}

/** A secret as itself and as it looks inside JSON text, where quotes and non-printing characters are escaped. */
function spellings([value, label]: [string, string]): [string, string][] {
  const escaped = JSON.stringify(value).slice(1, -1);
  return escaped === value
    ? [[value, label]]
    : [
        [value, label],
        [escaped, label],
      ];
}

function redactJson(value: Json, text: (input: string) => string): Json {
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return value.map((item: Json) => redactJson(item, text));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [text(key), redactJson(item, text)]));
  }
  return value;
}
