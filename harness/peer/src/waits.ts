import type { Taps } from '@mcp-lifeline/trace';
import type { LagMeter } from './lag.js';

/** How a wait ended: what was waited for came; it cannot come any more; the time ran out. */
export type Waited = 'met' | 'gone' | 'late';

/** What to wait for, and for how long. */
export interface Wait {
  readonly condition: () => boolean;
  /** True as soon as the condition can hold no more. */
  readonly goneWhen: () => boolean;
  readonly forMs: number;
  /** For the trace: what was waited for. */
  readonly what: string;
}

/** Waits that look again whenever something happened, and that are fair to a peer when our own loop was late. */
export class Waits {
  readonly #taps: Taps;
  readonly #lag: LagMeter;
  readonly #watchers = new Set<() => void>();

  constructor(taps: Taps, lag: LagMeter) {
    this.#taps = taps;
    this.#lag = lag;
  }

  /** Something happened: each wait looks whether it is over. */
  look(): void {
    for (const look of [...this.#watchers]) look();
  }

  /**
   * Waits until the condition holds. What our own event loop was late is added to the time, up to doubling it; when the
   * time runs out, that is recorded.
   */
  async until(wait: Wait): Promise<Waited> {
    const startedAt = performance.now();
    const lagBefore = this.#lag.total();
    let forMs = wait.forMs;
    for (;;) {
      const how = await this.#once(wait, forMs);
      if (how !== 'late') return how;
      const ms = performance.now() - startedAt;
      const lagMs = this.#lag.total() - lagBefore;
      forMs = Math.min(wait.forMs + lagMs, 2 * wait.forMs) - ms;
      if (forMs > 1) continue;
      this.#taps.note({ kind: 'waited', for: wait.what, ms: Math.round(ms), lagMs: Math.round(lagMs) });
      return 'late';
    }
  }

  /** Lets time pass; ends early when the peer is gone. What it took is recorded. */
  async hold(wait: Omit<Wait, 'condition'>): Promise<void> {
    const startedAt = performance.now();
    await this.#once({ ...wait, condition: () => false }, wait.forMs);
    this.#taps.note({ kind: 'held', what: wait.what, ms: Math.round(performance.now() - startedAt) });
  }

  #once(wait: Wait, forMs: number): Promise<Waited> {
    return new Promise((resolve, reject) => {
      const settle = (done: () => void): void => {
        clearTimeout(timer);
        this.#watchers.delete(look);
        done();
      };
      const look = (): void => {
        try {
          if (wait.condition()) settle(() => resolve('met'));
          else if (wait.goneWhen()) settle(() => resolve('gone'));
        } catch (error) {
          // The script's own fault: it belongs to the script that waits, not to whoever made us look.
          settle(() => reject(error));
        }
      };
      // What is already in the pipe comes before a timeout: one poll of IO first. A settled wait stays settled.
      const late = (): void => {
        look(); // not everything that a condition may ask for makes us look
        settle(() => resolve('late'));
      };
      const timer = setTimeout(() => setImmediate(late), forMs);
      this.#watchers.add(look);
      look();
    });
  }
}
