import { LocalProtocolError } from './local-protocol-error.js';

/** Where the usual timers of a driver wrap round and fire at once, in ms. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * Checks a duration in ms.
 *
 * @throws {LocalProtocolError} for what no timer could keep: no finite number, less than `least`, more than 2^31 - 1.
 */
export function readDuration(name: string, value: unknown, least = 0): number {
  if (typeof value === 'number' && value >= least && value <= LONGEST_MS) return value;
  throw new LocalProtocolError(`${name} must be a number of ms from ${least} to ${LONGEST_MS}, not ${String(value)}`);
}

/**
 * Checks a reading of the clock, in ms.
 *
 * @throws {LocalProtocolError} when it shows no time.
 */
export function readClock(now: number): number {
  if (Number.isFinite(now)) return now;
  throw new LocalProtocolError(`now must be a finite number of ms, not ${String(now)}`);
}
