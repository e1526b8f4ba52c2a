/**
 * The life of one child process as a pure core: what to do next, given what happened and what was asked for.
 *
 * @packageDocumentation
 */

export { readDuration } from '../duration.js';
export { LocalProtocolError } from '../local-protocol-error.js';
export { PROCESS_DEFAULTS, PROCESS_PATIENT, PROCESS_QUICK } from './config.js';
export type {
  ProcessConfig,
  ProcessEffect,
  ProcessEnd,
  ProcessInput,
  ProcessPhase,
  ProcessState,
  ProcessTimer,
  SavedProcess,
} from './contract.js';
export { abstract, isOver, openProcess, phase, restore, save, step } from './step.js';
