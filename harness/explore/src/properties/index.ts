/**
 * What must hold of the core, as sentences: always, in every state, and eventually.
 *
 * @packageDocumentation
 */

export { type Reading, type Source, type WatcherGroup, watchersIn } from '../watchers/group.js';
export { alwaysOf } from './always.js';
export { eventuallyOf } from './eventually.js';
export { LEFT } from './left.js';
export type { EventualProperty, Parts, Setup, StateProperty } from './property.js';
export { statesOf } from './states.js';
