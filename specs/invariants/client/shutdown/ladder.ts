import type { TraceEvent } from '@mcp-lifeline/trace';

/** When something happened. */
export interface At {
  readonly seq: number;
  readonly t: number;
}

/** A signal of the ladder to a server that was still there. */
export interface Signalled extends At {
  readonly signal: 'SIGTERM' | 'SIGKILL';
}

/** How a client took its server down, as its own tap saw it. */
export interface Ladder {
  /** The input was closed, or writing to it had failed, so that there was nothing left to close. */
  readonly input: At | null;
  readonly signals: readonly Signalled[];
  readonly exited: At | null;
  /** The application asked for an end without patience: then no step waits for the one before. */
  readonly killAskedAt: number | null;
}

/** Nothing happened yet. */
export const NO_LADDER: Ladder = { input: null, signals: [], exited: null, killAskedAt: null };

/** Takes in one event. What a scenario does on purpose is no step; nor is what is swept up after the server left. */
export function seeLadder(ladder: Ladder, event: TraceEvent): Ladder {
  if (event.at !== 'client') return ladder;
  const at: At = { seq: event.seq, t: event.t };
  if (event.plane === 'app' && event.kind === 'killAsked') {
    return { ...ladder, killAskedAt: ladder.killAskedAt ?? event.seq };
  }
  if (event.plane !== 'process') return ladder;
  switch (event.kind) {
    case 'inputEnded':
    case 'inputBroken':
      return { ...ladder, input: ladder.input ?? at };
    case 'exited':
      return { ...ladder, exited: ladder.exited ?? at };
    case 'signalled': {
      if (event.by !== 'ladder' || ladder.exited !== null || ladder.killAskedAt !== null) return ladder;
      return { ...ladder, signals: [...ladder.signals, { ...at, signal: event.signal }] };
    }
    default:
      return ladder;
  }
}

/** Less than this between two steps is no wait at all. In ms. */
export const NO_WAIT_MS = 50;
