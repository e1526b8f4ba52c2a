import type { Garble, Json } from '@mcp-lifeline/core';

/**
 * What carries messages between two ends: IO, and no decision of its own.
 *
 * A channel lives once. After `open` it tells `opened` or `gone`; after `opened` it tells what comes in, in order; `gone`
 * is the last thing it ever tells, and it always comes once `close` or `kill` was called.
 */
export interface Channel {
  /** Begins to open. Nothing is told before this returns. */
  open(listener: ChannelListener): void;
  /** Queues one message for writing, a batch being one; dropped where nothing can be written any more. */
  send(message: Json): void;
  /** How many bytes (over memory: messages, each counted as one) wait to be taken by the peer. */
  readonly queued: number;
  /** From how much `queued` on whoever can wait should. */
  readonly highWater: number;
  /** Ends it gracefully: what was queued is written first, within the adapter's own bounds. */
  close(): void;
  /** Ends it now. */
  kill(): void;
}

/** Takes what a channel tells. Nothing that it does throws. */
export interface ChannelListener {
  opened(): void;
  /** Something came in, whether or not it was a whole message: the peer lives. Comes before what it completes. */
  heard(): void;
  received(json: unknown): void;
  garbled(why: Garble, text: string, bytes: number): void;
  /** `queued` fell below the high-water mark again. */
  drained(): void;
  /** The peer's last byte was handed on before this. */
  ended(): void;
  /** Our half is dead; theirs may still speak. */
  writeFailed(): void;
  /** Both halves are; `detail` says how it went, for people: an exit code, the tail of a standard error. */
  gone(detail?: string): void;
}
