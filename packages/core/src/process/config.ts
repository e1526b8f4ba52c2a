import { readDuration } from '../duration.js';
import type { ProcessConfig } from './contract.js';

/**
 * The default durations of the way out, in ms.
 *
 * Grace, term and reap are those of the TypeScript and Python SDKs, which servers in the field already meet.
 */
export const PROCESS_DEFAULTS: ProcessConfig = Object.freeze({
  drainMs: 250,
  graceMs: 2_000,
  termMs: 2_000,
  reapMs: 2_000,
});

/** For servers that have much to write down before they leave; durations in ms. */
export const PROCESS_PATIENT: ProcessConfig = Object.freeze({
  ...PROCESS_DEFAULTS,
  graceMs: 10_000,
  termMs: 10_000,
});

/** For probing many servers in a row; durations in ms. */
export const PROCESS_QUICK: ProcessConfig = Object.freeze({
  ...PROCESS_DEFAULTS,
  graceMs: 700,
  termMs: 700,
  reapMs: 500,
});

/**
 * The four durations of a configuration, and nothing else that the given object holds.
 *
 * @throws {LocalProtocolError} when one is missing, not a number, not finite, negative or longer than 2^31 - 1 ms.
 */
export function readConfig(config: ProcessConfig): ProcessConfig {
  return {
    drainMs: readDuration('drainMs', config.drainMs),
    graceMs: readDuration('graceMs', config.graceMs),
    termMs: readDuration('termMs', config.termMs),
    reapMs: readDuration('reapMs', config.reapMs),
  };
}
