import type { Delivery } from '@mcp-lifeline/core';
import type { CommonOptions } from './options.js';
import { isThenable } from './their-requests.js';

/** Whom the failure of a handler is told to. */
export interface FailureListener {
  failed(what: string, error: unknown): void;
}

/** Hands a notification on to whoever takes it; nobody waits for that. */
export function takeNotification(
  { method, params = {} }: Extract<Delivery, { readonly kind: 'notification' }>,
  { notifications, fallbackNotification, taps }: CommonOptions,
  listener: FailureListener,
): void {
  const handler =
    notifications !== undefined && Object.hasOwn(notifications, method) ? notifications[method] : undefined;
  if (handler === undefined && fallbackNotification === undefined) return;
  taps?.app({ kind: 'delivered', data: { item: 'notification', method } });
  call(`the handler of ${method}`, listener, () =>
    handler === undefined ? fallbackNotification?.(method, params) : handler(params),
  );
}

/** Calls what nobody waits for: a throw or a rejection is told, and goes no further. */
export function call(what: string, listener: FailureListener, callback: () => unknown): void {
  const failed = (error: unknown): void => listener.failed(what, error);
  try {
    const result = callback();
    if (isThenable(result)) result.then(undefined, failed);
  } catch (error) {
    failed(error);
  }
}
