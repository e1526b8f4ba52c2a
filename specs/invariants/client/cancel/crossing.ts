/** An answer and a cancellation that come this close to each other may have crossed. In ms. */
const RACE_MS = 250;

/** When something came, and how late this machine had been by then, in ms. */
export interface Moment {
  readonly t: number;
  readonly lagMs: number;
}

/** Whether whoever sent the later of the two may not have read the earlier. */
export function mayHaveCrossed(earlier: Moment, later: Moment): boolean {
  return later.t - earlier.t <= RACE_MS + later.lagMs - earlier.lagMs;
}
