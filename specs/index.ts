export { isRevision, REVISIONS, type Revision } from './clauses/revision.js';
export { type Finding, type Invariant, judge, type Level, type Need } from './invariants/invariant.js';
