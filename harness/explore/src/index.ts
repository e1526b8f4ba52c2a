/**
 * Walks through every state that the core can come into, within bounds, and tells what holds in all of them.
 *
 * @packageDocumentation
 */

export { CONFIGURATIONS, LARGE_CONFIGURATIONS, type WorldConfiguration } from './configs.js';
export type {
  Always,
  Eventually,
  MoveInfo,
  Observation,
  Part,
  Property,
  Sometimes,
  System,
  Watcher,
} from './contract.js';
export { type ExploreOptions, type ExploreProgress, explore } from './engine/explore.js';
export type { Ending, Exploration, Finding, Outcome, Path } from './engine/finding.js';
export type { Configuration, Model, Step } from './exploration.js';
export type { Tool } from './run/account.js';
export { exploreConfiguration } from './run/explore-configuration.js';
export type {
  Account,
  ConfigurationReport,
  PropertyReport,
  Size,
  Status,
  Story,
  StoryStep,
  Violation,
} from './run/report.js';
export { type ExploreOne, type RunOptions, runExplorations } from './run/run-explorations.js';
export { inOwnThread, inThread, serveThread } from './run/thread.js';
export { unwitnessed, type Verdict, verdictOf } from './run/verdict.js';
