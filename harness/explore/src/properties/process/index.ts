import type { ProcessStep } from '../../watchers/process/view.js';
import type { Rule } from '../../watchers/rules.js';
import { PROCESS_BEGINNING } from './beginning.js';
import { PROCESS_END, PROCESS_ORDER, PROCESS_STALE } from './end.js';
import { PROCESS_LADDER } from './ladder.js';

/** What must hold of each step of a process, in the order of its life. `countsUp`: expiries that come too late can be told. */
export function processRules(countsUp: boolean): readonly Rule<ProcessStep>[] {
  const rules = [...PROCESS_BEGINNING, ...PROCESS_LADDER, ...PROCESS_END, ...PROCESS_ORDER];
  return countsUp ? [...rules, PROCESS_STALE] : rules;
}
