import type { Channel } from '@mcp-lifeline/driver';
import type { Json, JsonObject } from '@mcp-lifeline/trace';

/** Puts something else in the place of each message that a client sends. */
export type Spoil = (message: JsonObject) => readonly Json[];

/** A channel through which a client does wrong, as its peer and the taps behind it see it. */
export function spoiled(spoil: Spoil, lastWord?: Json): (channel: Channel) => Channel {
  return (channel) => ({
    open: (listener) => channel.open(listener),
    send(message) {
      for (const one of spoil(message as JsonObject)) channel.send(one);
    },
    get queued() {
      return channel.queued;
    },
    get highWater() {
      return channel.highWater;
    },
    close() {
      channel.close();
      if (lastWord !== undefined) channel.send(lastWord);
    },
    kill: () => channel.kill(),
  });
}

/** Spoils each message of this method, the answers (to whatever) where it is null, and passes the others on. */
export function onlyIf(method: string | null, spoil: Spoil): Spoil {
  return (message) => ((message.method ?? null) === method ? spoil(message) : [message]);
}
