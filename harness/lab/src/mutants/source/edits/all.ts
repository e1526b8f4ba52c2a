import type { EditedFile } from '../edit.js';
import { ANSWERS } from './answers.js';
import { HANDSHAKE } from './handshake.js';
import { OUR_CALLS } from './our-calls.js';
import { PEER_REQUESTS } from './peer-requests.js';
import { RECEIVING } from './receiving.js';
import { MACHINE_STEPS, NOTIFYING, STEP } from './session.js';
import { GIVEN_UP, PERSISTENT_MAP, TASK_CALLS } from './small-tables.js';

/** Every edit of the core's sources, by file. */
export const EDITED_FILES: readonly EditedFile[] = [
  OUR_CALLS,
  ANSWERS,
  PEER_REQUESTS,
  GIVEN_UP,
  TASK_CALLS,
  PERSISTENT_MAP,
  RECEIVING,
  HANDSHAKE,
  NOTIFYING,
  MACHINE_STEPS,
  STEP,
];
