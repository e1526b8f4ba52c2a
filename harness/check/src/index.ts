export { type CheckOptions, type CheckResult, checkServer } from './check-server.js';
export { CHECKS } from './checks/all.js';
export { countRows, type Row, STATUSES, type Status, statusOf, type Verdict } from './report.js';
export type { Run } from './run.js';
export { environmentOf, redactorFor, type Target } from './target.js';
export { TOOL } from './tool.js';
export { askingCandidates, type Candidate, slowCandidates } from './tool-choice.js';
export { outcomeText, readOffer, spokenIn, type VersionOffer } from './version-offer.js';
