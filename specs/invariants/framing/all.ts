import type { Invariant } from '../invariant.js';
import { framingCrlf } from './crlf.js';
import { framingJoined } from './joined.js';
import { framingLarge } from './large.js';
import { framingSplit } from './split.js';
import { framingUnicode } from './unicode.js';
import { utf8Out } from './utf8-out.js';

/** The invariants of the family `framing`. */
export const FRAMING: readonly Invariant<unknown>[] = [
  framingSplit,
  framingJoined,
  framingUnicode,
  utf8Out,
  framingCrlf,
  framingLarge,
];
