/** When an event was seen: its place in the trace, and the time in ms. */
export interface Stamp {
  readonly seq: number;
  readonly t: number;
}

/** Gives each event its stamp; asked once for each, in their order. */
export type Stamping = () => Stamp;

/** Leaves both 0, so that whoever remembers them remembers no more for it. */
export const unstamped: Stamping = () => UNSTAMPED;

const UNSTAMPED: Stamp = Object.freeze({ seq: 0, t: 0 });

/** Counts events from 0 on, with the time that the clock tells in ms. */
export function stampedBy(now: () => number): Stamping {
  let seq = -1;
  return () => {
    seq += 1;
    return { seq, t: now() };
  };
}
