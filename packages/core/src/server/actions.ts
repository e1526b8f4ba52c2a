import { because } from '../session/machine-actions.js';
import type { ServerContext, ServerEvent } from './machine.js';

/** Remembers the last signal: it decides the exit code of an end that is cut short. */
export function noteSignal(context: ServerContext, event: ServerEvent): Partial<ServerContext> {
  if (event.type !== 'signalled') return {};
  return { ...because(context, { why: 'signal' }), signal: event.code };
}
