import type { Delivery, OpenCall, Outcome } from '../contract.js';
import { isJsonObject, type Params } from '../json.js';
import { type ErrorBody, type ProgressParams, type RequestId, readProgress, request } from '../message.js';
import { mayRequest } from '../method.js';
import { ask, report, send, type Turn } from '../session/turn.js';
import { giveUp } from './given-up.js';
import { prolongCall, settleCall } from './our-calls.js';

/** What the peer answered; `malformed` is what looks like an answer and is none. */
export type PeerAnswer =
  | { readonly kind: 'result'; readonly result: Params }
  | { readonly kind: 'error'; readonly error: ErrorBody }
  | { readonly kind: 'malformed'; readonly why: string };

/**
 * Settles the call that is answered; matched by type and value, so "7" answers nobody's 7.
 *
 * Late, duplicate and unknown are three things: what we gave up is awaited no more and dropped without a word, the others
 * are reported.
 */
export function takeAnswer(turn: Turn, id: RequestId, answer: PeerAnswer): void {
  const call = typeof id === 'number' ? turn.calls.get(id) : undefined;
  if (call === undefined) {
    takeUnawaited(turn, id, answer);
    return;
  }
  if (answer.kind === 'malformed') {
    report(turn, { code: 'malformedAnswer', clause: 'messages/json-rpc', expected: 'an answer', got: answer.why });
  }
  const isTask = call.isTask && answer.kind === 'result' && isJsonObject(answer.result['task']);
  if (isTask && call.hasToken) giveUp(turn, call.id, 'task');
  settleCall(turn, call, outcomeOf(answer));
}

function outcomeOf(answer: PeerAnswer): Outcome {
  switch (answer.kind) {
    case 'result':
      return { ok: true, result: answer.result };
    case 'error':
      return { ok: false, kind: 'peer', error: answer.error };
    case 'malformed':
      return { ok: false, kind: 'malformedAnswer', sent: true, detail: answer.why };
  }
}

function takeUnawaited(turn: Turn, id: RequestId, answer: PeerAnswer): void {
  const as = typeof id === 'number' ? turn.givenUp.get(id) : undefined;
  if (typeof id === 'number' && (as === 'late' || as === 'lateTask')) {
    // cancellation/late-response
    turn.givenUp = turn.givenUp.delete(id);
    if (as === 'lateTask' && answer.kind === 'result') cancelTask(turn, answer.result);
    return;
  }
  const isOurs = typeof id === 'number' && Number.isInteger(id) && id > 0 && id < turn.nextId;
  report(turn, {
    code: isOurs ? 'duplicateAnswer' : 'unknownAnswer',
    clause: 'messages/response-id',
    expected: 'one answer, with the id of an open request',
    got: isOurs ? `another answer to the request ${id}` : `an answer to a request that was never sent`,
  });
}

/** cancellation/task: only now is the id known by which the task of a call that we gave up can be cancelled. */
function cancelTask(turn: Turn, result: Params): void {
  const taskId = isJsonObject(result['task']) ? result['task']['taskId'] : undefined;
  if (typeof taskId !== 'string' || turn.agreement === null || !turn.tags.has('mayCall')) return;
  if (mayRequest(turn.config.role, 'tasks/cancel', turn.agreement) !== null) return;
  const id = turn.nextId;
  turn.nextId += 1;
  giveUp(turn, id, 'late');
  send(turn, request(id, 'tasks/cancel', { taskId }), true);
}

/** Hands progress on to whoever made the call, before its answer, and moves the deadline. */
export function takeProgress(turn: Turn, params: Params | undefined): void {
  const told = readProgress(params);
  if (told === null) {
    const expected = 'a progress token and a number';
    report(turn, { code: 'invalidMessage', clause: 'messages/json-rpc', expected, got: 'progress without them' });
    return;
  }
  const call = typeof told.token === 'number' ? turn.calls.get(told.token) : undefined;
  if (call?.hasToken === true) takeCallProgress(turn, call, told);
  else takeUnawaitedProgress(turn, told, params);
}

function takeCallProgress(turn: Turn, call: OpenCall, { progress, total, message }: ProgressParams): void {
  if (call.progress !== null && progress <= call.progress) {
    const expected = `more than ${call.progress}`;
    report(turn, { code: 'progressNotIncreasing', clause: 'progress/increases', expected, got: String(progress) });
  }
  prolongCall(turn, call, progress);
  const item: { -readonly [K in keyof ProgressItem]: ProgressItem[K] } = { kind: 'progress', key: call.key, progress };
  if (total !== undefined) item.total = total;
  if (message !== undefined) item.message = message;
  ask(turn, { type: 'deliver', item });
}

type ProgressItem = Extract<Delivery, { readonly kind: 'progress' }>;

/** Nobody waits for it: it crossed our giving up, it is that of a task, or it should not be there. */
function takeUnawaitedProgress(turn: Turn, { token }: ProgressParams, params: Params | undefined): void {
  const as = typeof token === 'number' ? turn.givenUp.get(token) : undefined;
  if (as === 'task') {
    // progress/task-token-lifetime
    const item = { kind: 'notification', method: 'notifications/progress', ...(params ? { params } : {}) } as const;
    ask(turn, { type: 'deliver', item });
    return;
  }
  if (as !== undefined) return;
  report(turn, {
    code: 'unknownProgress',
    clause: 'progress/active-token',
    expected: 'the token of an open request',
    got: 'another one',
  });
}
