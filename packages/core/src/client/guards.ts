import type { ClientEvent } from './machine.js';

/** Whether the agreed revision is one of ours, and keepalive is on. */
export function speaksAndWatches(event: ClientEvent): boolean {
  return event.type === 'initializeAnswered' && event.speaks && event.watches;
}

/** Whether the agreed revision is one of ours. */
export function speaks(event: ClientEvent): boolean {
  return event.type === 'initializeAnswered' && event.speaks;
}

export { isBusy, isForced, isLastMiss, isQuiet } from '../session/expiry-facts.js';
