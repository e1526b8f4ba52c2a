import type { Input } from '../contract.js';
import { LocalProtocolError } from '../local-protocol-error.js';
import { notification } from '../message.js';
import { mayNotify, waitsFor } from '../method.js';
import { report, send, type Turn } from './turn.js';

/** What the session sends by itself, from inputs of their own. */
const OWN = ['notifications/initialized', 'notifications/cancelled', 'notifications/progress'];

/**
 * Sends a notification of the application; one that is not allowed is reported as our fault, one that came too late is
 * dropped.
 *
 * @throws {LocalProtocolError} for what the session sends by itself.
 */
export function notify(turn: Turn, { method, params }: Extract<Input, { readonly type: 'notify' }>): void {
  if (OWN.includes(method)) throw new LocalProtocolError(`${method} is sent by the session itself`);
  if (turn.phase === 'closing' || turn.phase === 'closed') return;
  const refusal = refusalOf(turn, method);
  if (refusal === null) send(turn, notification(method, params), false);
  else report(turn, { code: 'notAllowed', blame: 'us', ...refusal, got: method });
}

function refusalOf(turn: Turn, method: string): { readonly expected: string; readonly clause?: string } | null {
  const { tags, agreement, config } = turn;
  const isEarly = !tags.has('mayCall') && !(tags.has('mayLog') && waitsFor(config.role, method) !== 'initialized');
  if (isEarly || agreement === null) return { expected: 'the end of the handshake first' };
  const refusal = mayNotify(config.role, method, agreement);
  if (refusal === null) return null;
  return { expected: refusal.why, clause: refusal.clause.slice(refusal.clause.indexOf('/') + 1) };
}
