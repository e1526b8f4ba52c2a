import type { Invariant } from '../../invariant.js';
import { messagesOnly } from './messages-only.js';
import { newlines } from './newlines.js';
import { clientUtf8 } from './utf8.js';

/** The invariants of the family `client.framing`. */
export const CLIENT_FRAMING: readonly Invariant<unknown>[] = [messagesOnly, newlines, clientUtf8];
