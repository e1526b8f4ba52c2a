import type { ServerEvent } from './machine.js';

/** Whether keepalive is on. */
export function watches(event: ServerEvent): boolean {
  return event.type === 'initialized' && event.watches;
}

/** Whether handlers are running that are given time. */
export function drains(event: ServerEvent): boolean {
  return 'drains' in event && event.drains === true;
}

export { isBusy, isLastMiss, isQuiet } from '../session/expiry-facts.js';
