/**
 * What taps would record of the steps of a core, and the watchers over it: for whoever drives a core without a driver.
 *
 * @packageDocumentation
 */

export type { Observation, Watcher } from '../contract.js';
export {
  alwaysOf,
  type Parts,
  type Reading,
  type Setup,
  type StateProperty,
  statesOf,
  type WatcherGroup,
  watchersIn,
} from '../properties/index.js';
export { observeProcess, observeSurvey } from './process.js';
export { observeOpening, observeSession } from './session.js';
export { type Stamp, type Stamping, stampedBy, unstamped } from './stamp.js';
export { NOTHING_TAPPED, type Tapped } from './tapped.js';
