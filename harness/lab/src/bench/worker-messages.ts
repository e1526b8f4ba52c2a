import type { Sample, Size } from './workload.js';

/** What a worker is asked. It answers each with one {@link Reply}. */
export type Order =
  | { readonly kind: 'prepare'; readonly subjectUrl: string; readonly workloadId: string; readonly size: Size }
  | { readonly kind: 'sample' }
  /** Close the session and exit. */
  | { readonly kind: 'close' };

/** What a worker answers. */
export type Reply =
  | { readonly kind: 'done' }
  | { readonly kind: 'sample'; readonly sample: Sample }
  /** With the stack. */
  | { readonly kind: 'failed'; readonly error: string };
