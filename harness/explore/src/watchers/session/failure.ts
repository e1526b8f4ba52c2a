import type { Why } from '@mcp-lifeline/core';

/** What becomes of our calls by how the session ends: the peer went or fell silent, or we closed it ourselves. */
export function failureAfter(why: Why | null): 'closed' | 'connectionLost' {
  return why !== null && LOST.includes(why) ? 'connectionLost' : 'closed';
}

const LOST: readonly Why[] = ['peerEnded', 'peerGone', 'neverOpened', 'writeFailed', 'silent'];
