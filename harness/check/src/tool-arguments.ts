import { isJsonObject, type Json, type JsonObject } from '@mcp-lifeline/trace';

/** Makes the arguments of a call from a schema; null where a required one cannot be made up without guessing. */
export type Filler = (schema: Json | undefined) => JsonObject | null;

const STEPS = 4;
/** What may be said to anybody. */
const TEXT = 'hello';

/** Arguments that make a tool take so many seconds, or the next whole number of them, in a few steps. */
export function fillSlow(seconds: number): Filler {
  return (schema) => {
    return fill(schema, (name, property, isRequired) => {
      const known = isNumeric(property) ? durationOf(name, property, seconds) : undefined;
      if (known !== undefined) return known;
      return isRequired ? harmless(property) : undefined;
    });
  };
}

/** Arguments of no particular meaning. */
export const fillAsking: Filler = (schema) => {
  return fill(schema, (_, property, isRequired) => {
    if (!isRequired) return undefined;
    const value = harmless(property);
    const isPlainText = property.type === 'string' && property.format === undefined && property.pattern === undefined;
    return value === undefined && isPlainText ? TEXT : value;
  });
};

/** A name cut into words: `trigger-longRunning_operation` has four. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');
}

type Make = (name: string, property: JsonObject, isRequired: boolean) => Json | undefined;

function fill(schema: Json | undefined, make: Make): JsonObject | null {
  if (!isJsonObject(schema)) return {};
  const properties = isJsonObject(schema.properties) ? schema.properties : {};
  const required = Array.isArray(schema.required) ? schema.required : [];
  if (required.some((name) => typeof name !== 'string' || !isJsonObject(properties[name]))) return null;
  const args: Record<string, Json> = {};
  for (const [name, property] of Object.entries(properties)) {
    if (!isJsonObject(property)) continue;
    const isRequired = required.includes(name);
    const value = make(name, property, isRequired);
    if (value !== undefined) args[name] = value;
    else if (isRequired) return null;
  }
  return args;
}

function durationOf(name: string, property: JsonObject, seconds: number): number | undefined {
  const words = wordsOf(name);
  const isWhole = property.type === 'integer';
  if (words.some((word) => MILLISECONDS.has(word)) || isToldInMilliseconds(name, property)) {
    return within(property, seconds * 1000);
  }
  if (words.some((word) => DURATION.has(word))) return within(property, isWhole ? Math.ceil(seconds) : seconds);
  return words.some((word) => COUNT.has(word)) ? within(property, STEPS) : undefined;
}

function isToldInMilliseconds(name: string, { description }: JsonObject): boolean {
  const isDuration = wordsOf(name).some((word) => DURATION.has(word));
  return isDuration && typeof description === 'string' && /\b(ms|milli(second)?s?)\b/i.test(description);
}

/** What the schema itself proposes, or what cannot do harm; undefined for free text and for anything deep. */
function harmless(property: JsonObject): Json | undefined {
  if (property.default !== undefined) return property.default;
  if (property.const !== undefined) return property.const;
  if (Array.isArray(property.enum)) return property.enum[0];
  if (property.type === 'boolean') return false;
  return isNumeric(property) ? within(property, 1) : undefined;
}

function isNumeric({ type }: JsonObject): boolean {
  return type === 'number' || type === 'integer';
}

function within({ minimum, maximum }: JsonObject, wanted: number): number {
  const atLeast = typeof minimum === 'number' ? Math.max(minimum, wanted) : wanted;
  return typeof maximum === 'number' ? Math.min(maximum, atLeast) : atLeast;
}

const MILLISECONDS = new Set(['ms', 'msec', 'msecs', 'millis', 'millisecond', 'milliseconds']);
const DURATION = new Set(['duration', 'seconds', 'second', 'secs', 'sec', 'delay', 'time', 'wait', 'sleep', 'length']);
const COUNT = new Set(['steps', 'step', 'count', 'iterations', 'ticks']);
