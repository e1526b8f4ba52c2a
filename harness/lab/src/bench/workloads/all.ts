import type { Workload } from '../workload.js';
import { LONG_LINE } from './long-line.js';
import { MEMORY_WORKLOADS } from './memory.js';
import { PROGRESS_WORKLOADS } from './progress.js';
import { STDIO_WORKLOADS } from './stdio.js';
import { WEIGHT_WORKLOADS } from './weight.js';

/** All workloads, in the order in which they run. */
export const WORKLOADS: readonly Workload[] = [
  ...MEMORY_WORKLOADS,
  ...STDIO_WORKLOADS,
  ...PROGRESS_WORKLOADS,
  LONG_LINE,
  ...WEIGHT_WORKLOADS,
];
