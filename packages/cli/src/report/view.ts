import type { Style } from './style.js';

/** How a result is shown. */
export interface View {
  readonly style: Style;
  /** A warning counts like a broken MUST. */
  readonly strict: boolean;
  /** The path of the trace of a run, where traces are kept. */
  readonly traceOf: (runId: string) => string | undefined;
}
