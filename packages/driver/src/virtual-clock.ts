import type { Clock } from './clock.js';
import { inNextTurn } from './real-clock.js';

/** A clock that moves when it is told to: the same run twice is the same twice. */
export interface VirtualClock extends Clock {
  /**
   * Moves on by `ms`, running what falls due on the way in the order of time, then of arming.
   *
   * Before each timer, and at the end, all microtasks settle: what a memory channel has under way comes first.
   *
   * @throws {Error} while another move is under way.
   */
  advance(ms: number): Promise<void>;
  /** How many timers are armed. */
  readonly pending: number;
}

/** Makes a clock that shows `now` (ms). */
export function virtualClock(now = 0): VirtualClock {
  return new SteppedClock(now);
}

interface Waiting {
  readonly at: number;
  readonly expired: () => void;
}

class SteppedClock implements VirtualClock {
  /** In the order of arming. */
  readonly #timers = new Set<Waiting>();
  #now: number;
  #isMoving = false;

  constructor(now: number) {
    this.#now = now;
  }

  get pending(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#now;
  }

  setTimer(at: number, expired: () => void): () => void {
    const timer = { at, expired };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  async advance(ms: number): Promise<void> {
    if (this.#isMoving) throw new Error('the clock is moving already');
    this.#isMoving = true;
    try {
      await this.#moveTo(this.#now + ms);
    } finally {
      this.#isMoving = false;
    }
  }

  async #moveTo(end: number): Promise<void> {
    await microtasksSettled();
    for (let next = this.#first(end); next !== undefined; next = this.#first(end)) {
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.expired();
      await microtasksSettled();
    }
    this.#now = Math.max(this.#now, end);
  }

  #first(end: number): Waiting | undefined {
    let first: Waiting | undefined;
    for (const timer of this.#timers) {
      if (timer.at <= end && (first === undefined || timer.at < first.at)) first = timer;
    }
    return first;
  }
}

/** Another turn of the event loop begins only when no microtask is left. */
function microtasksSettled(): Promise<void> {
  return new Promise((resolve) => inNextTurn(resolve));
}
