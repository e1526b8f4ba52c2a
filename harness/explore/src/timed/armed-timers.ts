/** What a core asks for of its timers; every other effect is none of theirs. */
interface TimerEffect {
  readonly type: string;
  readonly name?: string;
  readonly generation?: number;
  readonly at?: number;
}

/** One timer that waits; `at` in ms. */
export interface WaitingTimer<N extends string> {
  readonly name: N;
  readonly generation: number;
  readonly at: number;
}

/** Timers as a driver keeps them: it does what it is told, and knows nothing of states. */
export class ArmedTimers<N extends string> {
  /** In the order of arming. */
  readonly #waiting = new Map<N, WaitingTimer<N>>();

  /** Does what a step asks for. */
  take(effects: readonly TimerEffect[]): void {
    for (const { type, name, generation = 0, at = 0 } of effects) {
      if (type !== 'arm' && type !== 'disarm') continue;
      this.#waiting.delete(name as N);
      if (type === 'arm') this.#waiting.set(name as N, { name: name as N, generation, at });
    }
  }

  /** Takes away the timer that falls due next, `until` (ms) at the latest; null where there is none. */
  expire(until: number): WaitingTimer<N> | null {
    let first: WaitingTimer<N> | null = null;
    for (const timer of this.#waiting.values()) {
      if (timer.at <= until && (first === null || timer.at < first.at)) first = timer;
    }
    if (first !== null) this.#waiting.delete(first.name);
    return first;
  }

  /** When a timer falls due, in ms; null where it is not armed. */
  dueOf(name: N): number | null {
    return this.#waiting.get(name)?.at ?? null;
  }

  /** The names of those that wait, sorted. */
  names(): readonly N[] {
    return [...this.#waiting.keys()].sort();
  }
}
