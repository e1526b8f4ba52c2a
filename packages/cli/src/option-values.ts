import { isRevision, REVISIONS, type Revision } from '@mcp-lifeline/specs';
import { isJsonObject, type Json, type JsonObject } from '@mcp-lifeline/trace';
import { UsageError } from './usage-error.js';

/**
 * Timers take waits up to 2^31 ms and fire at once beyond; the longest wait is 30 s times this.
 */
const LARGEST_SCALE = 1000;

/** More servers at once than this would starve each other, and silence would no longer mean anything. */
const MOST_JOBS = 16;

/** A path, or `-` where that stands for stdout. */
export function pathValue(option: string, value: string, allowsStdout = false): string {
  if (allowsStdout && value === '-') return value;
  if (value.trim() === '') throw new UsageError(`${option} needs a path`);
  // The parser hands over whatever comes next: a forgotten path must not swallow the option behind it.
  if (value.startsWith('-')) {
    throw new UsageError(`${option} needs a path, and got ${value}; write ./${value} if that is its name`);
  }
  return value;
}

/** `--only`: some names, read by whoever knows the checks. */
export function onlyValue(value: string): string {
  if (value.trim() === '' || value.startsWith('-')) {
    throw new UsageError('--only needs ids or families, separated by commas; --list shows them');
  }
  return value;
}

/** `--revision`: which revisions count. */
export function revisionValue(value: string): 'preferred' | 'all' | Revision {
  if (value === 'preferred' || value === 'all' || isRevision(value)) return value;
  throw new UsageError(`--revision "${value}" is not known; it is one of preferred, all, ${REVISIONS.join(', ')}`);
}

/** `--timeout-scale`: what every wait is multiplied by. */
export function scaleValue(value: string): number {
  const scale = value.trim() === '' ? Number.NaN : Number(value);
  if (scale > 0 && scale <= LARGEST_SCALE) return scale;
  throw new UsageError(`--timeout-scale needs a number above 0 and up to ${LARGEST_SCALE}, and got "${value}"`);
}

/** `--jobs`: how many scenarios are played side by side. */
export function jobsValue(value: string): number {
  const jobs = /^\d{1,2}$/.test(value) ? Number(value) : Number.NaN;
  if (jobs >= 1 && jobs <= MOST_JOBS) return jobs;
  throw new UsageError(`--jobs needs a whole number from 1 to ${MOST_JOBS}, and got "${value}"`);
}

/** `clauses --revision`: one revision by its date. */
export function oneRevisionValue(value: string): Revision {
  if (isRevision(value)) return value;
  throw new UsageError(`--revision "${value}" is not known; it is one of ${REVISIONS.join(', ')}`);
}

/** `--slow-tool`: the name of a tool, such as the server lists it. */
export function toolValue(value: string): string {
  if (value.trim() === '' || value.startsWith('-')) throw new UsageError('--slow-tool needs the name of a tool');
  return value;
}

/** `--slow-args`: the arguments of that tool. What stands there is not repeated: it may hold a secret. */
export function argumentsValue(value: string): JsonObject {
  const parsed = parsedJson(value);
  if (isJsonObject(parsed)) return parsed;
  throw new UsageError(`--slow-args needs a JSON object, such as {"seconds":5}, and got ${kindOf(parsed)}`);
}

/** `--env`, any number of times. What stands there is never repeated: it may be a secret. */
export function envValue(
  value: string,
  previous: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const [, name, content] = /^([^=\s-][^=]*)=(.*)$/s.exec(value) ?? [];
  if (name === undefined || content === undefined) throw new UsageError('--env needs NAME=VALUE');
  return { ...previous, [name]: content };
}

/** Undefined for what is no JSON text. */
function parsedJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function kindOf(value: Json | undefined): string {
  if (value === undefined) return 'something that is not JSON';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`;
}
