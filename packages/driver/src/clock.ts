/** A monotonic clock and its timers. */
export interface Clock {
  /** In ms, never decreasing. */
  now(): number;
  /**
   * Calls back once when `at` (ms, on the clock of `now`) has come, never before that and never within this call.
   *
   * Input that is already there when the time comes is handed on first: Node runs a due timer before it reads a pipe.
   *
   * @returns a function that forgets the timer
   */
  setTimer(at: number, expired: () => void): () => void;
}
