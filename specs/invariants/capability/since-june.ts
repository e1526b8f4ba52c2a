import type { Revision } from '../../clauses/revision.js';

/** Keeping to what was negotiated is a SHOULD at first, and a MUST from 2025-06-18 on. */
export function sinceJune(revision: Revision): 'MUST' | 'SHOULD' {
  return revision < '2025-06-18' ? 'SHOULD' : 'MUST';
}
