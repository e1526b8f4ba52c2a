import type { Delivery, Input, OpenBatch, PeerRequest } from '../contract.js';
import type { Json, Params } from '../json.js';
import { LocalProtocolError } from '../local-protocol-error.js';
import {
  failure,
  INTERNAL_ERROR,
  type Message,
  notification,
  progressTokenOf,
  readCancelled,
  result,
} from '../message.js';
import { ask, inOrder, report, revisionOf, send, type Turn } from '../session/turn.js';
import { emptyMap } from './persistent-map.js';

type Request = Extract<Message, { readonly kind: 'request' }>;

/** Hands a request on to its handler, and remembers whom to answer; `batch` is the one it came in, if any. */
export function takeRequest(turn: Turn, { id, method, params }: Request, batch: number | null): void {
  if (turn.peers.size >= turn.config.maxPeerRequests) {
    const got = 'one more';
    report(turn, { code: 'tooMany', expected: `at most ${turn.config.maxPeerRequests} open requests`, got });
    reply(turn, failure(id, INTERNAL_ERROR, 'too many open requests'), batch);
    return;
  }
  if (turn.peerKeys.has(id)) {
    const clause = 'messages/request-id-unique';
    report(turn, { code: 'duplicateRequestId', clause, expected: 'an id that is not in use', got: 'one that is' });
  }
  const key = turn.nextPeer;
  turn.nextPeer += 1;
  const token = progressTokenOf(params);
  const revision = revisionOf(turn);
  turn.peers = turn.peers.set(key, { key, id, method, token, progress: null, revision, batch });
  turn.peerKeys = turn.peerKeys.set(id, key);
  if (batch !== null) changeBatch(turn, batch, (open) => ({ ...open, open: open.open + 1 }));
  const wantsProgress = token !== null;
  // Two literals: this is where every request of a busy server comes through, and a spread costs more than the rest.
  const item: Delivery =
    params === undefined
      ? { kind: 'request', key, method, revision, wantsProgress }
      : { kind: 'request', key, method, params, revision, wantsProgress };
  ask(turn, { type: 'deliver', item });
}

/** Sends the answer of a handler; one whose request was cancelled or given up meanwhile is dropped. */
export function answerRequest(turn: Turn, { key, answer }: Extract<Input, { readonly type: 'answer' }>): void {
  const request = turn.peers.get(key);
  if (request === undefined) return;
  forget(turn, request);
  const message =
    'result' in answer
      ? result(request.id, answer.result)
      : failure(request.id, answer.error.code, answer.error.message, answer.error.data);
  const { batch } = request;
  if (batch === null) send(turn, message, true);
  else changeBatch(turn, batch, ({ open, answers }) => ({ open: open - 1, answers: [...answers, message] }));
}

/** Sends an answer that needs no handler: alone, or with the others of its batch. */
export function reply(turn: Turn, message: Params, batch: number | null): void {
  if (batch === null) send(turn, message, true);
  else changeBatch(turn, batch, (open) => ({ ...open, answers: [...open.answers, message] }));
}

/**
 * Tells the peer of progress in its request, where it asked to hear of it (progress/active-token).
 *
 * @throws {LocalProtocolError} for a number that JSON cannot carry.
 */
export function tellProgress(turn: Turn, input: Extract<Input, { readonly type: 'progress' }>): void {
  const { progress, total, message } = input;
  if (!Number.isFinite(progress) || (total !== undefined && !Number.isFinite(total))) {
    throw new LocalProtocolError('progress and total must be finite numbers');
  }
  const request = turn.peers.get(input.key);
  if (request === undefined || request.token === null) return;
  if (request.progress !== null && progress <= request.progress) {
    const expected = `more than ${request.progress}`;
    const clause = 'progress/increases';
    report(turn, { code: 'progressNotIncreasing', blame: 'us', clause, expected, got: String(progress) });
    return;
  }
  const { key, id, method, token, revision, batch } = request;
  turn.peers = turn.peers.set(key, { key, id, method, token, progress, revision, batch });
  const params: { [name: string]: Json } = { progressToken: token, progress };
  if (total !== undefined) params['total'] = total;
  if (message !== undefined) params['message'] = message;
  send(turn, notification('notifications/progress', params), false);
}

/**
 * Aborts the handler of a request that the peer cancelled, and leaves it unanswered (cancellation/no-response).
 *
 * A cancellation of what is unknown, answered or malformed changes nothing (cancellation/ignore-unknown).
 */
export function takeCancelled(turn: Turn, params: Params | undefined): void {
  const cancelled = readCancelled(params);
  const key = cancelled === null ? undefined : turn.peerKeys.get(cancelled.requestId);
  const request = key === undefined ? undefined : turn.peers.get(key);
  if (cancelled === null || request === undefined) return;
  forget(turn, request);
  const { reason } = cancelled;
  ask(turn, { type: 'abort', key: request.key, ...(reason === undefined ? {} : { reason }) });
  if (request.batch !== null) changeBatch(turn, request.batch, (open) => ({ ...open, open: open.open - 1 }));
}

/** Aborts every handler: nobody is left to be answered. */
export function abortAllRequests(turn: Turn): void {
  for (const { key } of inOrder(turn.peers)) ask(turn, { type: 'abort', key });
  turn.peers = emptyMap();
  turn.peerKeys = emptyMap();
  turn.batches = emptyMap();
}

/** Opens a batch. It is held open by one until `endBatch`, so that an answer given at once does not close it. */
export function beginBatch(turn: Turn): number {
  const batch = turn.nextPeer;
  turn.nextPeer += 1;
  turn.batches = turn.batches.set(batch, { open: 1, answers: [] });
  return batch;
}

/** All members of the batch were taken. */
export function endBatch(turn: Turn, batch: number): void {
  changeBatch(turn, batch, (open) => ({ ...open, open: open.open - 1 }));
}

/** Its answers go out as one once none is open; a batch without answers gets none (JSON-RPC 2.0, section 6). */
function changeBatch(turn: Turn, batch: number, change: (open: OpenBatch) => OpenBatch): void {
  const before = turn.batches.get(batch);
  if (before === undefined) return;
  const after = change(before);
  if (after.open > 0) {
    turn.batches = turn.batches.set(batch, after);
    return;
  }
  turn.batches = turn.batches.delete(batch);
  if (after.answers.length > 0) send(turn, after.answers, true);
}

function forget(turn: Turn, { key, id }: PeerRequest): void {
  turn.peers = turn.peers.delete(key);
  // The wire id may belong to a newer request by now.
  if (turn.peerKeys.get(id) === key) turn.peerKeys = turn.peerKeys.delete(id);
}
