import type { Invariant } from '../invariant.js';
import { answersKept } from './answers-kept.js';
import { brokenStdout } from './broken-stdout.js';
import { eofIdle } from './eof-idle.js';
import { eofMidHandshake } from './eof-mid-handshake.js';
import { eofMidRequest } from './eof-mid-request.js';
import { eofOwedAnswer } from './eof-owed-answer.js';
import { sigterm } from './sigterm.js';
import { survivors } from './survivors.js';

/** The invariants of the family `shutdown`. */
export const SHUTDOWN: readonly Invariant<unknown>[] = [
  eofIdle,
  eofMidHandshake,
  eofMidRequest,
  eofOwedAnswer,
  sigterm,
  survivors,
  brokenStdout,
  answersKept,
];
