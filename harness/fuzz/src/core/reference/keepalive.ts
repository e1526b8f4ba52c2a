import type { Config, TimerName } from '@mcp-lifeline/core';

/** Who pings when, and how long a silence may last. */
export class Keepalive {
  readonly #config: Config;
  #isPinging = false;
  /** How many pings in a row stayed unanswered. */
  #misses = 0;

  constructor(config: Config) {
    this.#config = config;
  }

  /** Anything came in. It is a sign of life where a ping is out. */
  heard(): void {
    if (!this.#isPinging) return;
    this.#isPinging = false;
    this.#misses = 0;
  }

  /**
   * One of its timers ran out.
   *
   * @param quietMs since the last byte came in.
   * @param isBusy a call of ours is open, which may keep the peer from answering.
   */
  elapsed(name: TimerName, quietMs: number, isBusy: boolean): 'ping' | 'silent' | 'nothing' {
    const { keepaliveMs, misses } = this.#config;
    if (name === 'keepalive') {
      this.#isPinging = keepaliveMs !== null && quietMs >= keepaliveMs && !isBusy;
      return this.#isPinging ? 'ping' : 'nothing';
    }
    if (name !== 'pong') return 'nothing';
    this.#isPinging = !isBusy;
    if (isBusy) return 'nothing';
    this.#misses += 1;
    return this.#misses >= misses ? 'silent' : 'ping';
  }
}
