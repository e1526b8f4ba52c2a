/** How far it is. */
export interface FuzzProgress {
  readonly doing: 'looking' | 'running' | 'shrinking';
  readonly runs: number;
  /** Null where the time decides. */
  readonly of: number | null;
  readonly seconds: number;
  readonly coverage: Coverage;
  readonly found: number;
}

/** How much of the life of a session was reached. */
export interface Coverage {
  readonly states: Share;
  /** Acts in states. */
  readonly transitions: Share;
}

/** How many of how many. */
export interface Share {
  readonly reached: number;
  readonly of: number;
}
