import { PAIRS } from './configs/pairs.js';
import { PROCESSES } from './configs/processes.js';
import { ROGUES } from './configs/rogues.js';
import { WATCHING } from './configs/watching.js';
import { configurationOf, type NamedWorld, type WorldConfiguration } from './configs/world-configuration.js';

export type { WorldConfiguration } from './configs/world-configuration.js';

const WORLDS: readonly NamedWorld[] = [...PAIRS, ...WATCHING, ...PROCESSES, ...ROGUES];

/** What is explored whenever anything changes, in the order of the table of bounds. */
export const CONFIGURATIONS: readonly WorldConfiguration[] = WORLDS.map((world) => configurationOf(world, 'small'));

/** The same with more of whatever multiplies the states: not all of them come to an end. */
export const LARGE_CONFIGURATIONS: readonly WorldConfiguration[] = WORLDS.map((world) =>
  configurationOf(world, 'large'),
);
