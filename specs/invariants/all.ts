import { noEarlyRequests } from './handshake/no-early-requests.js';
import { pingBefore } from './handshake/ping-before.js';
import { pingFirst } from './handshake/ping-first.js';
import { handshakeResult } from './handshake/result.js';
import type { Invariant } from './invariant.js';
import { pingReady } from './ping/ready.js';
import { idEcho } from './rpc/id-echo.js';
import { noReplyToNotification } from './rpc/no-reply-to-notification.js';
import { unknownMethod } from './rpc/unknown-method.js';
import { eofIdle } from './shutdown/eof-idle.js';
import { sigterm } from './shutdown/sigterm.js';
import { stdoutClean } from './stdout/clean.js';

/** Every invariant over a trace that a client of a server recorded; the state of each is its own affair. */
export const INVARIANTS = [
  handshakeResult,
  pingBefore,
  pingFirst,
  noEarlyRequests,
  unknownMethod,
  noReplyToNotification,
  idEcho,
  pingReady,
  stdoutClean,
  eofIdle,
  sigterm,
] as unknown as readonly Invariant<unknown>[];
