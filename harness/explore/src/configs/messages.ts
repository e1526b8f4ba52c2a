import type { PlannedCall } from '../model/application.js';

/** A call of either side that is allowed early. */
export const PING: PlannedCall = { method: 'ping', wantsProgress: false, most: 1 };

/** A call of the client's. */
export const CALL: PlannedCall = { method: 'tools/call', wantsProgress: true, most: 1 };

/** One that asks for a task. */
export const TASK_CALL: PlannedCall = { ...CALL, params: { task: {} } };

/** One for what the server did not declare. */
export const UNDECLARED_CALL: PlannedCall = { ...CALL, method: 'resources/list' };

/** A call of the server's. */
export const ASK: PlannedCall = { method: 'roots/list', wantsProgress: true, most: 1 };

/** One for what only a client that keeps no rule declares. */
export const ASK_MORE: PlannedCall = { ...ASK, method: 'sampling/createMessage' };

/** The same, and it asks for a task. */
export const ASK_FOR_TASK: PlannedCall = { ...ASK_MORE, params: { task: {} } };

/** One for what no client here declares. */
export const UNDECLARED_ASK: PlannedCall = { ...ASK, method: 'elicitation/create' };

/** What the client tells by itself. */
export const CHANGED = { method: 'notifications/roots/list_changed', most: 1 } as const;

/** What the server tells by itself. */
export const LOG = { method: 'notifications/message', most: 1 } as const;
