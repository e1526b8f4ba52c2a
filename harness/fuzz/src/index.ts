export type { Case } from './process/act.js';
export { formatCase, parseCase } from './process/case-text.js';
export { type FuzzOptions, type FuzzResult, fuzzServer, SEEDS } from './process/fuzz-server.js';
export type { Violation } from './process/investigate.js';
export type { Coverage, FuzzProgress, Share } from './process/progress.js';
export { storyOf } from './process/story.js';
