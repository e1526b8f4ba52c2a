import type { CallKey, Failure, Input, OpenCall, Outcome } from '../contract.js';
import { readDuration } from '../duration.js';
import type { Params } from '../json.js';
import { LocalProtocolError } from '../local-protocol-error.js';
import { notification, request, withoutProgressToken, withProgressToken } from '../message.js';
import { mayRequest } from '../method.js';
import { failureFor } from '../session/failure-for.js';
import { arm, ask, disarm, inOrder, revisionOf, send, type Turn } from '../session/turn.js';
import { giveUp } from './given-up.js';
import { emptyMap } from './persistent-map.js';
import { asksForTask } from './task-calls.js';

/** Deadlines are looked at in steps of this length, in ms: a look at 10,000 open calls costs half of one. */
export const SWEEP_MS = 50;

type CallInput = Extract<Input, { readonly type: 'call' }>;

/**
 * Sends a request, or settles it at once with `sent: false`.
 *
 * @throws {LocalProtocolError} for what no state allows: `initialize`, a deadline that is none, a key that is in use.
 */
export function startCall(turn: Turn, input: CallInput): void {
  const { key, method, params } = input;
  if (method === 'initialize') throw new LocalProtocolError('initialize is sent by the session itself');
  if (turn.callIds.has(key)) throw new LocalProtocolError(`the call ${key} is open already`);
  const timeoutMs = durationOr(turn.config.requestTimeoutMs, 'timeoutMs', input.timeoutMs);
  const lastDue = turn.now + durationOr(turn.config.maxTotalTimeoutMs, 'maxTotalMs', input.maxTotalMs);
  const refusal = refusalOf(turn, method);
  if (refusal !== null) {
    ask(turn, { type: 'settle', key, outcome: { ok: false, ...refusal, sent: false } });
    return;
  }
  const id = turn.nextId;
  turn.nextId += 1;
  // progress/token-unique: no two calls share an id. Nobody makes progress in a ping.
  const hasToken = input.wantsProgress !== false && method !== 'ping';
  const due = Math.min(turn.now + timeoutMs, lastDue);
  const isTask = asksForTask(turn, method, params);
  const revision = revisionOf(turn);
  const call: OpenCall = { key, method, id, timeoutMs, due, lastDue, hasToken, isTask, progress: null, revision };
  turn.calls = turn.calls.set(id, call);
  turn.callIds = turn.callIds.set(key, id);
  const asked = hasToken ? withProgressToken(params, id) : withoutProgressToken(params);
  send(turn, request(id, method, asked), method === 'ping');
  armFor(turn, due);
}

/** Cancels a call; one that is settled already is left alone. */
export function cancelCall(turn: Turn, key: CallKey, reason: string | undefined): void {
  const id = turn.callIds.get(key);
  const call = id === undefined ? undefined : turn.calls.get(id);
  if (call !== undefined) abandonCall(turn, call, 'cancelled', reason);
}

/** Takes a call off the table and settles it. */
export function settleCall(turn: Turn, call: OpenCall, outcome: Outcome): void {
  turn.calls = turn.calls.delete(call.id);
  turn.callIds = turn.callIds.delete(call.key);
  ask(turn, { type: 'settle', key: call.key, outcome });
}

/** Moves the deadline of a call that makes progress, never beyond its last (lifecycle/timeout-reset-on-progress). */
export function prolongCall(turn: Turn, call: OpenCall, progress: number): void {
  const due = Math.min(turn.now + call.timeoutMs, call.lastDue);
  const { key, method, id, timeoutMs, lastDue, hasToken, isTask, revision } = call;
  // A literal: a spread costs thirty times as much, and a flood of progress comes through here.
  const moved: OpenCall = { key, method, id, timeoutMs, due, lastDue, hasToken, isTask, progress, revision };
  turn.calls = turn.calls.set(id, moved);
}

/** Gives up on every call whose deadline has passed, and arms the timer for the next (lifecycle/timeout-cancel). */
export function sweepCalls(turn: Turn): void {
  const { now } = turn;
  for (const call of inOrder(turn.calls)) {
    if (call.due <= now) abandonCall(turn, call, call.due === call.lastDue ? 'maxTotal' : 'timeout', 'timed out');
  }
  let next = Number.POSITIVE_INFINITY;
  for (const [, call] of turn.calls.entries()) next = Math.min(next, call.due);
  if (next < Number.POSITIVE_INFINITY) armFor(turn, next);
}

/** Settles every call in the order of sending: with the channel nothing more can come. */
export function settleAllCalls(turn: Turn): void {
  const outcome: Outcome = { ok: false, kind: failureFor(turn.snapshot.context.why), sent: true };
  for (const { key } of inOrder(turn.calls)) ask(turn, { type: 'settle', key, outcome });
  turn.calls = emptyMap();
  turn.callIds = emptyMap();
  disarm(turn, 'calls');
}

/** Waits no longer for the pong of keepalive: one that comes later is no fault. */
export function abandonPing(turn: Turn): void {
  if (turn.pingId !== null) giveUp(turn, turn.pingId, 'late');
  turn.pingId = null;
}

/**
 * cancellation/task: one that asked for a task is not cancelled by notification, but once its task is known. Nobody is told
 * where nothing can be written any more.
 */
function abandonCall(turn: Turn, call: OpenCall, kind: Failure, reason: string | undefined): void {
  giveUp(turn, call.id, call.isTask ? 'lateTask' : 'late');
  if (!call.isTask && turn.tags.has('mayAnswer')) {
    const params: Params = reason === undefined ? { requestId: call.id } : { requestId: call.id, reason };
    send(turn, notification('notifications/cancelled', params), true);
  }
  settleCall(turn, call, { ok: false, kind, sent: true });
}

interface Refused {
  readonly kind: Failure;
  readonly detail?: string;
}

function refusalOf(turn: Turn, method: string): Refused | null {
  const { tags, phase, config } = turn;
  // Right a moment ago: a race with the end, no misuse.
  if (phase === 'closing' || phase === 'closed') return { kind: failureFor(turn.snapshot.context.why) };
  if (!tags.has(method === 'ping' ? 'mayPing' : 'mayCall')) {
    return { kind: 'refused', detail: `${method} has to wait for the end of the handshake` };
  }
  if (turn.calls.size >= config.maxCalls) {
    return { kind: 'refused', detail: `${config.maxCalls} calls are open, which is the bound` };
  }
  // lifecycle/negotiated-capabilities
  const refusal = turn.agreement === null ? null : mayRequest(config.role, method, turn.agreement);
  return refusal === null ? null : { kind: 'refused', detail: refusal.why };
}

/** The timer stays armed when the table empties: arming it anew for each call would cost more than one idle look. */
function armFor(turn: Turn, due: number): void {
  const at = Math.ceil(due / SWEEP_MS) * SWEEP_MS;
  const armed = turn.timers.calls;
  if (armed === undefined || at < armed.at) arm(turn, 'calls', at);
}

function durationOr(usual: number, name: string, given: number | undefined): number {
  return given === undefined ? usual : readDuration(name, given);
}
