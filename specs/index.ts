export type { AmbiguityId } from './clauses/ambiguities.generated.js';
export { type Ambiguity, ambiguitiesOf, ambiguity } from './clauses/ambiguities.js';
export { type Clause, type ClauseId, clause, clausesOf, type Keyword, type Role, url } from './clauses/catalogue.js';
export { isRevision, REVISIONS, type Revision } from './clauses/revision.js';
export { INVARIANTS } from './invariants/all.js';
export { type Finding, type Invariant, judge, type Level, type Need } from './invariants/invariant.js';
export { UNKNOWN_METHOD_PREFIX } from './invariants/rpc/unknown-method.js';
export { NEW_SESSION, type Session, seeSession } from './invariants/session.js';
export { exitText, weighSilence } from './invariants/silence.js';
