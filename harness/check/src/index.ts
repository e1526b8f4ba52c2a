export { type CheckOptions, type CheckResult, checkServer } from './check-server.js';
export { CHECKS } from './checks/all.js';
export { countRows, type Row, STATUSES, type Status, type Verdict } from './report.js';
export type { Run } from './run.js';
export type { Target } from './target.js';
export { TOOL } from './tool.js';
