import { type Case, parseCase, SEEDS } from '@mcp-lifeline/fuzz';
import { isRevision, REVISIONS, type Revision } from '@mcp-lifeline/specs';
import { isJsonObject, type Json, type JsonObject } from '@mcp-lifeline/trace';
import { UsageError } from './usage-error.js';

/**
 * Timers take waits up to 2^31 ms and fire at once beyond; the longest wait is 30 s times this.
 */
const LARGEST_SCALE = 1000;

/** More events than this do not fit into memory. */
const MOST_EVENTS = 1_000_000;

/** More states than this have no numbers left, and no machine has the memory for them. */
const LARGEST_EXPLORATION = 500_000_000;

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

/** More runs than this take weeks. */
const MOST_RUNS = 10_000_000;

/** `--runs`: how many runs are made. */
export function runsValue(value: string): number {
  const runs = /^\d{1,8}$/.test(value) ? Number(value) : Number.NaN;
  if (runs >= 1 && runs <= MOST_RUNS) return runs;
  throw new UsageError(`--runs needs a whole number from 1 to ${MOST_RUNS}, and got "${value}"`);
}

/** A week, in seconds. */
const LONGEST_SECONDS = 604_800;

/** `--seconds`: for how long runs are begun. */
export function secondsValue(value: string): number {
  const seconds = value.trim() === '' ? Number.NaN : Number(value);
  if (seconds > 0 && seconds <= LONGEST_SECONDS) return seconds;
  throw new UsageError(`--seconds needs a number above 0 and up to ${LONGEST_SECONDS}, and got "${value}"`);
}

/** `--seed`: what random choices start from. */
export function seedValue(value: string): number {
  const seed = /^\d{1,10}$/.test(value) ? Number(value) : Number.NaN;
  if (seed < SEEDS) return seed;
  throw new UsageError(`--seed needs a whole number from 0 to ${SEEDS - 1}, and got "${value}"`);
}

/** `--replay`: a case as a report gives it. */
export function replayValue(value: string): Case {
  const read = parseCase(value);
  if (read !== null) return read;
  throw new UsageError('--replay needs a case as a report of fuzz gives it: it begins with f1. and is one word');
}

/** `--config`, any number of times: names, read by whoever knows the configurations. */
export function configValue(value: string, previous: readonly string[] = []): readonly string[] {
  const ids = value.split(',').map((id) => id.trim());
  if (ids.some((id) => id === '' || id.startsWith('-')))
    throw new UsageError('--config needs an id; --list shows them');
  return [...previous, ...ids];
}

/** `--max-states`: how many states are too many. */
export function maxStatesValue(value: string): number {
  const states = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (states >= 1 && states <= LARGEST_EXPLORATION) return states;
  throw new UsageError(`--max-states needs a whole number from 1 to ${LARGEST_EXPLORATION}, and got "${value}"`);
}

/** `clauses --revision`: one revision by its date. */
export function oneRevisionValue(value: string): Revision {
  if (isRevision(value)) return value;
  throw new UsageError(`--revision "${value}" is not known; it is one of ${REVISIONS.join(', ')}`);
}

/** `clauses --diff`: two revisions, one after the other. */
export function diffValue(value: string, previous: readonly Revision[] = []): readonly Revision[] {
  if (isRevision(value)) return [...previous, value];
  throw new UsageError(`--diff "${value}" is not known; it takes two of ${REVISIONS.join(', ')}`);
}

/** `--role`: whom to judge. */
export function roleValue(value: string): 'server' | 'client' | 'both' {
  if (value === 'server' || value === 'client' || value === 'both') return value;
  throw new UsageError(`--role "${value}" is not known; it is one of server, client, both`);
}

/** `--max-events`: how many events are taken in. */
export function maxEventsValue(value: string): number {
  const events = /^\d{1,8}$/.test(value) ? Number(value) : Number.NaN;
  if (events >= 1 && events <= MOST_EVENTS) return events;
  throw new UsageError(`--max-events needs a whole number from 1 to ${MOST_EVENTS}, and got "${value}"`);
}

/** `--log-of`: one end of the connection. */
export function endValue(value: string): 'client' | 'server' {
  if (value === 'client' || value === 'server') return value;
  throw new UsageError(`--log-of "${value}" is not known; it is one of client, server`);
}

/** `--pattern`: how a line of a log is read. */
export function patternValue(value: string): RegExp {
  let pattern: RegExp;
  try {
    pattern = new RegExp(value, 'u');
  } catch (error) {
    throw new UsageError(`--pattern: ${error instanceof Error ? error.message : String(error)}`);
  }
  const has = (group: string): boolean => value.includes(`(?<${group}>`);
  if (has('json') && (has('dir') || (has('client') && has('server')))) return pattern;
  throw new UsageError(
    "--pattern needs the groups json and dir, or json, client and server: '(?<dir>\\S+) (?<json>.*)'",
  );
}

/** `--session`: one of several sessions in a log. */
export function sessionValue(value: string): number | 'last' | 'all' {
  if (value === 'last' || value === 'all') return value;
  if (/^[1-9]\d{0,5}$/.test(value)) return Number(value);
  throw new UsageError(`--session needs a number from 1 on, last, or all, and got "${value}"`);
}

/** `--server`: a name as the lines of a log have it. */
export function serverValue(value: string): string {
  if (value.trim() === '' || value.startsWith('-')) throw new UsageError('--server needs the name of a server');
  return value;
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
