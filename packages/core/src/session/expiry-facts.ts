/** Facts that ride on the expiry of a timer, which XState leaves out of the union of events. */
export interface ExpiryFacts {
  /** Nothing came in for a whole interval, and the peer is not busy. */
  readonly quiet: boolean;
  /** A call of ours is open, which may keep a busy peer from a pong. */
  readonly busy: boolean;
  /** The ping that is out would be one miss too many. */
  readonly lastMiss: boolean;
  /** The channel was told to end now. */
  readonly forced: boolean;
}

/** Whether the peer has been quiet for a whole interval. */
export function isQuiet(event: object): boolean {
  return (event as Partial<ExpiryFacts>).quiet === true;
}

/** Whether the peer may be working on a call of ours. */
export function isBusy(event: object): boolean {
  return (event as Partial<ExpiryFacts>).busy === true;
}

/** Whether the ping that is out is the last that may go unanswered. */
export function isLastMiss(event: object): boolean {
  return (event as Partial<ExpiryFacts>).lastMiss === true;
}

/** Whether the channel was told to end now, so that nothing is left to tell it. */
export function isForced(event: object): boolean {
  return (event as Partial<ExpiryFacts>).forced === true;
}
