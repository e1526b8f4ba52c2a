/**
 * Fuzzes the core: random orderings, timing and endings on a virtual clock, between two cores and against a peer that keeps no
 * rule.
 *
 * @packageDocumentation
 */

export type { Case } from './case.js';
export { addToCorpus, type CorpusEntry, readCorpus } from './corpus.js';
export { type CutRuns, cutEverywhere } from './cuts.js';
export { type Failure, type Fuzzed, type FuzzOptions, fuzz, fuzzCore } from './fuzz-core.js';
export { type Run, runCase } from './run-case.js';
export { type Script, scripts } from './scripts.js';
export { OURS, type Subject } from './subject.js';
