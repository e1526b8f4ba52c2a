import type { Effect, TimerName } from '@mcp-lifeline/core';
import type { Clock } from './clock.js';

type Armed = Extract<Effect, { readonly type: 'arm' }>;

/** The timers of a session, one under each name. */
export class SessionTimers {
  readonly #clock: Clock;
  readonly #expired: (timer: Armed) => void;
  readonly #forget = new Map<TimerName, () => void>();

  constructor(clock: Clock, expired: (timer: Armed) => void) {
    this.#clock = clock;
    this.#expired = expired;
  }

  /** Arms a timer in place of an older one of its name. */
  arm(timer: Armed): void {
    this.disarm(timer.name);
    // The expiry of an older one may be on its way: its generation tells the core.
    this.#forget.set(
      timer.name,
      this.#clock.setTimer(timer.at, () => this.#expired(timer)),
    );
  }

  disarm(name: TimerName): void {
    this.#forget.get(name)?.();
    this.#forget.delete(name);
  }

  /** Forgets them all: the session is over. */
  disarmAll(): void {
    for (const name of [...this.#forget.keys()]) this.disarm(name);
  }
}
