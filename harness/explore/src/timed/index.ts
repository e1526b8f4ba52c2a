/**
 * What rests on durations, judged by schedules on a virtual clock.
 *
 * @packageDocumentation
 */

import { CALL_DEADLINES } from './call-deadlines.js';
import { CLIENT_END } from './client-end.js';
import { CLIENT_START } from './client-start.js';
import { CLOCK } from './clock.js';
import { KEEPALIVE } from './keepalive.js';
import { MISSES } from './misses.js';
import { PROCESS_LADDER } from './process-ladder.js';
import { SERVER_END } from './server-end.js';
import { SERVER_START } from './server-start.js';
import type { TimedProperty } from './timed-property.js';

export type { TimedProperty };

/** Every statement about the core that rests on durations. */
export const TIMED: readonly TimedProperty[] = [
  ...CLIENT_START,
  ...CLIENT_END,
  ...SERVER_START,
  ...SERVER_END,
  ...KEEPALIVE,
  ...MISSES,
  ...CALL_DEADLINES,
  ...PROCESS_LADDER,
  ...CLOCK,
];
