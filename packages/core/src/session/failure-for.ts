import type { Why } from '../contract.js';

/** What becomes of our calls when the session ends: closed by our own side, or lost with the peer. */
export function failureFor(why: Why | null): 'closed' | 'connectionLost' {
  switch (why) {
    case 'peerEnded':
    case 'peerGone':
    case 'neverOpened':
    case 'writeFailed':
    case 'silent':
      return 'connectionLost';
    default:
      return 'closed';
  }
}
