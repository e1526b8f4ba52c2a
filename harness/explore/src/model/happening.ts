import type { Input, TimerName } from '@mcp-lifeline/core';
import type { Item } from './channel.js';

/**
 * What happens to a session in the model: an input of its core without the clock, with ids as they are on the model's wire and
 * handles as its application has them.
 */
export type Happening = Untimed<Exclude<Input, { readonly type: 'elapsed' | 'received' }>> | Received | Elapsed;

/** A message comes in. */
export interface Received {
  readonly type: 'received';
  readonly json: unknown;
  /** So late that progress in it moves the deadline of a call as far as it goes. */
  readonly isLate: boolean;
}

/** A timer runs out. */
export interface Elapsed {
  readonly type: 'elapsed';
  readonly name: TimerName;
  /** Anything came in since the keepalive timer was armed. */
  readonly hasHeard: boolean;
  /** When it is due; after every deadline; or when it is not armed any more. */
  readonly when: 'due' | 'late' | 'stale';
}

/** What happens to a session when an item of its channel arrives. */
export function arrivalOf(item: Item, isLate = false): Happening {
  switch (item.kind) {
    case 'message':
      return { type: 'received', json: item.json, isLate };
    case 'garbled':
      return { type: 'garbled', why: item.why, text: 'x', bytes: 1 };
    case 'end':
      return { type: 'ended' };
    case 'gone':
      return { type: 'gone' };
  }
}

type Untimed<I> = I extends Input ? Omit<I, 'now'> : never;
