import { isRevision, REVISIONS, type Revision } from '@mcp-lifeline/specs';
import { UsageError } from './usage-error.js';

/**
 * Timers take waits up to 2^31 ms and fire at once beyond; the longest wait is 30 s times this.
 */
const LARGEST_SCALE = 1000;

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

/** `--env`, any number of times. What stands there is never repeated: it may be a secret. */
export function envValue(
  value: string,
  previous: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const [, name, content] = /^([^=\s-][^=]*)=(.*)$/s.exec(value) ?? [];
  if (name === undefined || content === undefined) throw new UsageError('--env needs NAME=VALUE');
  return { ...previous, [name]: content };
}
