import type { RawPeerOptions } from '@mcp-lifeline/peer';

/** How long a scenario waits for what, in ms. */
export interface Budget {
  /** From spawn to the answer to `initialize`: a cold start through a package runner takes seconds. */
  readonly startupMs: number;
  /** For an answer on a running session. */
  readonly answerMs: number;
  /** For an exit that was asked for. */
  readonly leaveMs: number;
  /** For what a server leaves behind to go as well. */
  readonly lingerMs: number;
  /** For a server to give up on a request of its own: a minute is what most of them wait. */
  readonly patienceMs: number;
  /** How long a script holds still, so that a server does what it does unasked: that takes it some 100 ms. */
  readonly holdMs: number;
  /** The closing ladder where leaving is not what is judged: short, since a refusal to leave is told elsewhere. */
  readonly ladder: RawPeerOptions['ladder'];
}

/** The budget of a run, each time multiplied by `scale`. */
export function budgetAt(scale: number): Budget {
  const times = (ms: number): number => Math.round(ms * scale);
  return {
    startupMs: times(30_000),
    answerMs: times(10_000),
    leaveMs: times(5_000),
    lingerMs: times(3_000),
    patienceMs: times(90_000),
    holdMs: times(1_000),
    ladder: { graceMs: times(250), termMs: times(700), reapMs: times(500), drainMs: times(250) },
  };
}
