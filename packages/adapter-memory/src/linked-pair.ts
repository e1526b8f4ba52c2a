import { type Channel, type ChannelListener, type Clock, LocalProtocolError } from '@mcp-lifeline/driver';

/** How messages pass between two linked channels. */
export interface LinkedPairOptions {
  /** Needed where there is latency. */
  readonly clock?: Clock;
  /** How long each burst of messages is under way; by default nothing but a microtask. */
  readonly latencyMs?: number;
  /** Whether each message is written as JSON and read again when it is sent; by default it is handed over as it is. */
  readonly copy?: boolean;
  /** From how many messages under way on a sender should wait; by default 16,384. */
  readonly highWater?: number;
}

/**
 * Makes two channels, each the other's peer.
 *
 * - **Order**: what one end sends and how it ends arrive in that order. What is sent within one turn is one burst, told in
 *   one microtask; with `latencyMs`, in one timer of the clock, that long after its first message. What is sent while a
 *   burst is told belongs to the next.
 * - **Opening**: `opened` is told in a microtask. What the other end sent before waits for it.
 * - **Closing**: `close` lets what was sent arrive, then the other end is told `ended`. It may go on sending. When both have
 *   closed, and all has arrived, both are told `gone`. An end that was never opened closes along with the other.
 * - **Killing**: `kill` drops what is under way; both ends are told `gone` in the next microtask, whatever the latency.
 *
 * Nothing bounds how long the other end takes to close: there is no process to end. Without latency two ends that answer
 * each other at once never leave room for timers or other IO.
 *
 * @throws {LocalProtocolError} for latency without a clock, and for a bound that is none.
 */
export function linkedPair(options: LinkedPairOptions = {}): readonly [Channel, Channel] {
  const { clock, latencyMs = 0, copy = false, highWater = HIGH_WATER } = options;
  if (latencyMs > 0 && clock === undefined) throw new LocalProtocolError('latencyMs needs a clock');
  if (!(latencyMs >= 0 && latencyMs < Number.POSITIVE_INFINITY)) {
    throw new LocalProtocolError(`latencyMs must be a number of ms, not ${latencyMs}`);
  }
  if (!(highWater >= 1)) throw new LocalProtocolError(`highWater must be at least 1, not ${highWater}`);
  const later =
    clock === undefined || latencyMs === 0
      ? inMicrotask
      : (then: () => void): void => void clock.setTimer(clock.now() + latencyMs, then);
  const one = new LinkedEnd(later, copy, highWater);
  const other = new LinkedEnd(later, copy, highWater);
  one.linkTo(other);
  other.linkTo(one);
  return [one, other];
}

const HIGH_WATER = 16_384;

const RESOLVED = Promise.resolve();

/** Costs a third of `queueMicrotask`, which Node wraps in a resource of its own. */
function inMicrotask(then: () => void): void {
  void RESOLVED.then(then);
}

type Message = Parameters<Channel['send']>[0];

class LinkedEnd implements Channel {
  readonly highWater: number;
  readonly #later: (then: () => void) => void;
  readonly #copy: boolean;
  #other: LinkedEnd = this;
  #listener: ChannelListener | undefined = undefined;
  #hasOpened = false;
  /** Sent by this end, the oldest first, and not in the burst that is being told. */
  #waiting: Message[] = [];
  /** How many of the burst that is being told are left. */
  #left = 0;
  #isUnderWay = false;
  #wasFull = false;
  #isClosing = false;
  /** All that this end sent has arrived, and nothing more will come. */
  #hasEnded = false;
  #isKilled = false;
  #isGone = false;
  #wasToldGone = false;

  constructor(later: (then: () => void) => void, copy: boolean, highWater: number) {
    this.#later = later;
    this.#copy = copy;
    this.highWater = highWater;
  }

  linkTo(other: LinkedEnd): void {
    this.#other = other;
  }

  get queued(): number {
    return this.#waiting.length + this.#left;
  }

  open(listener: ChannelListener): void {
    if (this.#listener !== undefined) throw new LocalProtocolError('a channel opens once');
    this.#listener = listener;
    queueMicrotask(() => {
      if (this.#isGone) this.#tellGone();
      if (this.#isKilled || this.#isGone) return;
      this.#hasOpened = true;
      listener.opened();
      // What the other end did meanwhile has been waiting for this.
      this.#other.#schedule();
    });
  }

  send(message: Message): void {
    if (this.#isClosing) return;
    this.#waiting.push(this.#copy ? JSON.parse(JSON.stringify(message)) : message);
    if (this.queued >= this.highWater) this.#wasFull = true;
    this.#schedule();
  }

  close(): void {
    if (this.#isClosing) return;
    this.#isClosing = true;
    this.#schedule();
    // Nobody is there to close the other one.
    if (this.#other.#listener === undefined) this.#other.close();
  }

  kill(): void {
    if (this.#isKilled) return;
    for (const end of [this, this.#other]) {
      end.#isKilled = true;
      end.#isClosing = true;
      end.#waiting = [];
      queueMicrotask(() => end.#tellGone());
    }
  }

  #schedule(): void {
    if (this.#isUnderWay) return;
    this.#isUnderWay = true;
    this.#later(() => {
      this.#isUnderWay = false;
      this.#arrive();
    });
  }

  #arrive(): void {
    const listener = this.#other.#listener;
    if (this.#isKilled || (listener !== undefined && !this.#other.#hasOpened)) return;
    if (listener !== undefined) this.#tellBurst(listener);
    if (this.#isKilled || !this.#isClosing || this.#hasEnded) return;
    // What was sent while the burst was told is a burst of its own.
    if (listener !== undefined && this.#waiting.length > 0) return;
    this.#hasEnded = true;
    listener?.ended();
    if (!this.#other.#hasEnded || this.#isKilled) return;
    this.#tellGone();
    this.#other.#tellGone();
  }

  #tellBurst(listener: ChannelListener): void {
    const burst = this.#waiting;
    if (burst.length === 0) return;
    this.#waiting = [];
    this.#left = burst.length;
    listener.heard();
    for (const message of burst) {
      this.#left -= 1;
      listener.received(message);
      if (this.#isKilled) return;
    }
    if (!this.#wasFull || this.queued >= this.highWater) return;
    this.#wasFull = false;
    this.#listener?.drained();
  }

  #tellGone(): void {
    this.#isGone = true;
    if (this.#listener === undefined || this.#wasToldGone) return;
    this.#wasToldGone = true;
    this.#listener.gone();
  }
}
