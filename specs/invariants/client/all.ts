import { APP_INVARIANTS } from '../app/all.js';
import type { Invariant } from '../invariant.js';
import { CLIENT_CANCEL } from './cancel/all.js';
import { CLIENT_CAPABILITY } from './capability/all.js';
import { CLIENT_FRAMING } from './framing/all.js';
import { CLIENT_HANDSHAKE } from './handshake/all.js';
import { CLIENT_PING } from './ping/all.js';
import { CLIENT_PROGRESS } from './progress/all.js';
import { CLIENT_RPC } from './rpc/all.js';
import { CLIENT_SHUTDOWN } from './shutdown/all.js';
import { CLIENT_TIMEOUT } from './timeout/all.js';
import { CLIENT_VERSION } from './version/all.js';

/**
 * Every invariant that judges a client, over a trace that was recorded at the client or at its server, in the order of a
 * session's life; those over what the application saw come last.
 */
export const CLIENT_INVARIANTS: readonly Invariant<unknown>[] = [
  ...CLIENT_HANDSHAKE,
  ...CLIENT_VERSION,
  ...CLIENT_CAPABILITY,
  ...CLIENT_RPC,
  ...CLIENT_PING,
  ...CLIENT_PROGRESS,
  ...CLIENT_CANCEL,
  ...CLIENT_FRAMING,
  ...CLIENT_SHUTDOWN,
  ...CLIENT_TIMEOUT,
  ...APP_INVARIANTS,
];
