import type { Effect, Input } from '@mcp-lifeline/core';

/** What the world around a session has done and was asked for: JSON. It alone decides what may come next, never the core. */
export interface Surroundings {
  readonly channel: 'none' | 'asked' | 'open' | 'gone';
  /** Its last byte was handed on. */
  readonly ended: boolean;
  readonly writeFailed: boolean;
  /** The clean-up runs. */
  readonly cleaning: boolean;
}

/** Before anything happened: a server begins with its channel. */
export function surroundingsOf(role: 'client' | 'server'): Surroundings {
  return { channel: role === 'client' ? 'none' : 'open', ended: false, writeFailed: false, cleaning: false };
}

/** Whether a channel, a clean-up or an application can do this now. */
export function canHappen({ channel, ended, writeFailed, cleaning }: Surroundings, input: Input): boolean {
  switch (input.type) {
    case 'opened':
      return channel === 'asked';
    case 'received':
    case 'garbled':
    case 'ended':
      return channel === 'open' && !ended;
    // A channel may fail on writing before it is known to be open.
    case 'writeFailed':
      return (channel === 'asked' || channel === 'open') && !writeFailed;
    case 'gone':
      return channel === 'asked' || channel === 'open';
    case 'cleanedUp':
      return cleaning;
    default:
      return true;
  }
}

/** What has changed around a session by a step. */
export function surroundingsAfter(before: Surroundings, input: Input, effects: readonly Effect[]): Surroundings {
  let { channel, ended, writeFailed, cleaning } = before;
  if (input.type === 'opened') channel = 'open';
  if (input.type === 'gone') channel = 'gone';
  if (input.type === 'ended') ended = true;
  if (input.type === 'writeFailed') writeFailed = true;
  if (input.type === 'cleanedUp') cleaning = false;
  for (const { type } of effects) {
    if (type === 'openChannel' && channel === 'none') channel = 'asked';
    if (type === 'cleanUp') cleaning = true;
  }
  return { channel, ended, writeFailed, cleaning };
}
