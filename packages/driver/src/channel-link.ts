import type { Input, Json } from '@mcp-lifeline/core';
import type { Channel, ChannelListener } from './channel.js';
import type { Clock } from './clock.js';
import { messageOf } from './errors.js';

/** What a channel brings about in the core. */
export type ChannelInput = Extract<
  Input,
  { readonly type: 'opened' | 'received' | 'garbled' | 'ended' | 'writeFailed' | 'gone' }
>;

/** What a link needs of its session. */
export interface ChannelLinkOptions {
  readonly clock: Clock;
  readonly feed: (input: ChannelInput) => void;
  readonly drained: () => void;
  /** How much may be queued by urgent messages alone, in the units of `queued`. */
  readonly maxQueued: number;
}

/**
 * One session's hold on its one channel. What the channel tells after `gone`, or to another session, never gets here.
 */
export class ChannelLink implements ChannelListener {
  readonly #channel: Channel;
  readonly #options: ChannelLinkOptions;
  #heardAt: number;
  #detail: string | undefined;
  #isOpen = false;
  #isGone = false;
  #isDeaf = false;
  /** The least that was queued since the last message that had to wait for room: what is above it is urgent. */
  #floor = 0;
  /** Requests that the channel could not take: the peer knows nothing of them. */
  readonly #unsent = new Set<Json>();

  constructor(channel: Channel, options: ChannelLinkOptions) {
    this.#channel = channel;
    this.#options = options;
    this.#heardAt = options.clock.now();
  }

  /** When any byte last came in, in ms. */
  get heardAt(): number {
    return this.#heardAt;
  }

  /** What the channel said of its end. */
  get detail(): string | undefined {
    return this.#detail;
  }

  /** Whether whoever can wait should. */
  get isFull(): boolean {
    return this.#channel.queued >= this.#channel.highWater;
  }

  /** Begins to open the channel. One that throws is gone. */
  open(): void {
    this.#isOpen = true;
    try {
      this.#channel.open(this);
    } catch (error) {
      this.gone(messageOf(error));
    }
  }

  /**
   * Passes a message on.
   *
   * Urgent ones pass where others wait, up to a bound. Behind that the peer plainly does not read: writing to it counts as
   * failed. To kill it would say that we asked for its end; so the core knows the true cause, hears out what is on its
   * way, and leaves as usual.
   *
   * @throws what the channel throws: the message has no JSON text.
   */
  send(message: Json, urgent: boolean): void {
    if (this.#isDeaf || this.#isGone) return;
    if (this.#unsent.size > 0 && this.#isMoot(message)) return;
    const { queued } = this.#channel;
    if (!urgent || queued < this.#floor) this.#floor = queued;
    // Looked at beforehand, so that one long answer alone is never too much.
    if (queued - this.#floor > this.#options.maxQueued) {
      this.writeFailed();
      return;
    }
    this.#channel.send(message);
    if (!urgent) this.#floor = this.#channel.queued;
  }

  /** The request of that id was not taken, so a cancellation of it must not go out. */
  neverSent(id: Json): void {
    this.#unsent.add(id);
  }

  /** Ends the channel; one that cannot even be ended is gone. */
  end(mode: 'graceful' | 'now'): void {
    if (this.#isGone) return;
    if (!this.#isOpen) return;
    try {
      if (mode === 'graceful') this.#channel.close();
      else this.#channel.kill();
    } catch (error) {
      if (mode === 'graceful') this.end('now');
      else this.gone(messageOf(error));
    }
  }

  opened(): void {
    if (!this.#isGone) this.#options.feed({ type: 'opened', now: this.#options.clock.now() });
  }

  heard(): void {
    this.#heardAt = this.#options.clock.now();
  }

  received(json: unknown): void {
    if (this.#isGone) return;
    const now = this.#options.clock.now();
    this.#heardAt = now;
    this.#options.feed({ type: 'received', now, json });
  }

  garbled(why: Extract<ChannelInput, { readonly type: 'garbled' }>['why'], text: string, bytes: number): void {
    if (this.#isGone) return;
    const now = this.#options.clock.now();
    this.#heardAt = now;
    this.#options.feed({ type: 'garbled', now, why, text, bytes });
  }

  drained(): void {
    if (!this.#isGone) this.#options.drained();
  }

  ended(): void {
    if (!this.#isGone) this.#options.feed({ type: 'ended', now: this.#options.clock.now() });
  }

  writeFailed(): void {
    if (this.#isGone || this.#isDeaf) return;
    this.#isDeaf = true;
    this.#options.feed({ type: 'writeFailed', now: this.#options.clock.now() });
  }

  gone(detail?: string): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#detail = detail;
    this.#options.feed({ type: 'gone', now: this.#options.clock.now() });
  }

  #isMoot(message: Json): boolean {
    if (typeof message !== 'object' || message === null || !('method' in message)) return false;
    const { method, params } = message;
    if (method !== 'notifications/cancelled' || typeof params !== 'object' || params === null) return false;
    return 'requestId' in params && params.requestId !== undefined && this.#unsent.delete(params.requestId);
  }
}
