import type { Json } from '@mcp-lifeline/core';
import type { WireData } from '@mcp-lifeline/trace';
import type { Channel, ChannelListener } from './channel.js';
import type { WireTap } from './tap.js';

/**
 * A channel that records what crosses it, outside the code that is judged by it.
 *
 * `bytes` of what is recorded is the length of its JSON text in UTF-8, and is only made out when it is read.
 */
export function tapChannel(channel: Channel, tap: WireTap): Channel {
  return {
    open: (listener) => channel.open(tapListener(listener, tap)),
    send(message) {
      tap.wire(crossing('sent', message));
      channel.send(message);
    },
    get queued() {
      return channel.queued;
    },
    get highWater() {
      return channel.highWater;
    },
    close: () => channel.close(),
    kill: () => channel.kill(),
  };
}

function tapListener(listener: ChannelListener, tap: WireTap): ChannelListener {
  return {
    opened: () => listener.opened(),
    heard: () => listener.heard(),
    received(json) {
      // A channel hands on what it parsed, or what the other end of this process sent as JSON.
      tap.wire(crossing('received', json as Json));
      listener.received(json);
    },
    garbled(why, text, bytes) {
      tap.wire({ kind: 'garbled', why, text, bytes });
      listener.garbled(why, text, bytes);
    },
    drained: () => listener.drained(),
    ended: () => listener.ended(),
    writeFailed: () => listener.writeFailed(),
    gone: (detail) => listener.gone(detail),
  };
}

/** Getting `bytes` when it is read, also by a spread. */
function crossing(kind: 'sent' | 'received', message: Json): WireData {
  return {
    kind,
    message,
    get bytes() {
      return bytesOf(message);
    },
  };
}

const encoder = new TextEncoder();

/** 0 for what has no JSON text, which only a channel that passes on objects can carry. */
function bytesOf(message: Json): number {
  try {
    return encoder.encode(JSON.stringify(message)).length;
  } catch {
    return 0;
  }
}
