import { CANCEL } from './cancel/all.js';
import { CAPABILITY } from './capability/all.js';
import { FRAMING } from './framing/all.js';
import { HANDSHAKE } from './handshake/all.js';
import type { Invariant } from './invariant.js';
import { PING } from './ping/all.js';
import { PROGRESS } from './progress/all.js';
import { RPC } from './rpc/all.js';
import { SHUTDOWN } from './shutdown/all.js';
import { STDERR } from './stderr/all.js';
import { STDOUT } from './stdout/all.js';
import { TIMEOUT } from './timeout/all.js';

/**
 * Every invariant over a trace that a client of a server recorded, in the order of a session's life. The state of each
 * is its own affair.
 */
export const INVARIANTS: readonly Invariant<unknown>[] = [
  ...HANDSHAKE,
  ...CAPABILITY,
  ...RPC,
  ...PING,
  ...PROGRESS,
  ...CANCEL,
  ...FRAMING,
  ...STDOUT,
  ...STDERR,
  ...SHUTDOWN,
  ...TIMEOUT,
];
