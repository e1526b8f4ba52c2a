import { isJsonObject } from '@mcp-lifeline/trace';
import { UsageError } from '../usage-error.js';
import type { LoggedMessage } from './sessions.js';

/**
 * Makes sure that the log keeps notifications: who is judged by a log without them seems to have sent none.
 *
 * Only a session that went on after its handshake shows that there should have been one.
 * @throws UsageError
 */
export function expectNotifications(messages: readonly LoggedMessage[]): void {
  let requests = 0;
  for (const { from, message } of messages) {
    if (!isJsonObject(message) || typeof message.method !== 'string') continue;
    if (message.id === undefined) return;
    if (from === 'client' && message.method !== 'ping') requests += 1;
  }
  if (requests < 2) return;
  throw new UsageError(
    'import: the log holds no notification, not even initialized: it seems to leave them out; --complete says that it does not',
  );
}
