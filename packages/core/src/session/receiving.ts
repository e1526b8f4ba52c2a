import { type PeerAnswer, takeAnswer, takeProgress } from '../calls/answers.js';
import { beginBatch, endBatch, reply, takeCancelled, takeRequest } from '../calls/peer-requests.js';
import type { Input } from '../contract.js';
import type { Params } from '../json.js';
import {
  failure,
  INVALID_REQUEST,
  METHOD_NOT_FOUND,
  type Message,
  type RequestId,
  readMessage,
  result,
} from '../message.js';
import { type Agreement, mayNotify, mayRequest, type Role } from '../method.js';
import { hasBatches } from '../revision.js';
import { takeInitialize, takeInitializeAnswer, takeInitialized } from './handshake.js';
import { feed } from './machine-steps.js';
import { ask, report, revisionOf, type Turn } from './turn.js';

type Request = Extract<Message, { readonly kind: 'request' }>;

/** Takes in one value: a message, or a batch of them. The message first, the sign of life after it. */
export function receive(turn: Turn, json: unknown): void {
  if (!turn.tags.has('hears')) return;
  if (Array.isArray(json)) receiveBatch(turn, json);
  else receiveMessage(turn, readMessage(json), null);
  noteLife(turn);
}

/** What came and was no JSON is reported and passed over: it ends nothing, and it shows that the peer lives. */
export function receiveGarbled(turn: Turn, { why, text, bytes }: Extract<Input, { readonly type: 'garbled' }>): void {
  if (!turn.tags.has('hears')) return;
  const got = `${bytes} bytes (${why}): ${clip(text)}`;
  report(turn, { code: 'garbled', clause: 'messages/json-rpc', expected: 'a message', got });
  noteLife(turn);
}

function noteLife(turn: Turn): void {
  if (turn.tags.has('awaitsSign')) feed(turn, { type: 'heard' });
}

/**
 * Takes the members one by one; their answers go out together (2025-03-26).
 *
 * Where there are no batches, or it is too long, what answers us is taken all the same: to drop it would hurt nobody but
 * whoever waits for it. Its requests are refused.
 */
function receiveBatch(turn: Turn, members: readonly unknown[]): void {
  const { agreement, config } = turn;
  if (members.length === 0) {
    report(turn, { code: 'batch', clause: 'messages/json-rpc', expected: 'a member', got: 'an empty batch' });
  } else if (members.length > config.maxBatch) {
    report(turn, { code: 'tooMany', expected: `at most ${config.maxBatch} members`, got: `${members.length}` });
    refuseBatch(turn, members, 'the batch is too long');
  } else if (agreement === null || !hasBatches(agreement.revision)) {
    report(turn, { code: 'batch', expected: 'one message', got: 'a batch, which only 2025-03-26 has' });
    refuseBatch(turn, members, 'there are no batches in this session');
  } else {
    const batch = beginBatch(turn);
    for (const member of members) receiveMember(turn, readMessage(member), batch);
    endBatch(turn, batch);
  }
}

function refuseBatch(turn: Turn, members: readonly unknown[], why: string): void {
  for (const member of members) {
    const message = readMessage(member);
    if (message.kind === 'request') refuse(turn, message.id, INVALID_REQUEST, why, null);
    else receiveMember(turn, message, null);
  }
}

/** One before it may have ended the session: what comes after that does not count. */
function receiveMember(turn: Turn, message: Message, batch: number | null): void {
  if (turn.tags.has('hears')) receiveMessage(turn, message, batch);
}

function receiveMessage(turn: Turn, message: Message, batch: number | null): void {
  switch (message.kind) {
    case 'result':
    case 'error':
      if (message.id !== null) receiveAnswer(turn, message.id, message);
      else if (message.kind === 'error') reportStrayError(turn, message.error.code, message.error.message);
      break;
    case 'request':
      receiveRequest(turn, message, batch);
      break;
    case 'notification':
      receiveNotification(turn, message.method, message.params);
      break;
    case 'invalid':
      receiveInvalid(turn, message, batch);
      break;
  }
}

function receiveAnswer(turn: Turn, id: RequestId, answer: PeerAnswer): void {
  if (id === turn.initializeId) takeInitializeAnswer(turn, answer);
  // Whatever it says, it is the sign of life that the ping was for.
  else if (id === turn.pingId) turn.pingId = null;
  else takeAnswer(turn, id, answer);
}

function receiveInvalid(
  turn: Turn,
  message: Extract<Message, { readonly kind: 'invalid' }>,
  batch: number | null,
): void {
  const { why, id, answers } = message;
  if (answers !== null) {
    receiveAnswer(turn, answers, { kind: 'malformed', why });
    return;
  }
  report(turn, { code: 'invalidMessage', clause: 'messages/json-rpc', expected: 'a message', got: why });
  if (id !== null) refuse(turn, id, INVALID_REQUEST, why, batch);
}

/** It answers nothing that could be told: the peer could not read what we sent, or says so of somebody else's. */
function reportStrayError(turn: Turn, code: number, message: string): void {
  const got = `an error without an id: ${code} ${clip(message)}`;
  report(turn, { code: 'unknownAnswer', clause: 'messages/response-id', expected: 'the id of a request', got });
}

function receiveRequest(turn: Turn, request: Request, batch: number | null): void {
  const { id, method } = request;
  if (!turn.tags.has('mayAnswer')) return;
  if (method === 'ping') {
    // ping/respond, at any time and in every state that can write
    reply(turn, result(id, {}), batch);
  } else if (turn.config.role === 'server') {
    serveRequest(turn, request, batch);
  } else {
    if (turn.tags.has('awaitsAnswer')) {
      const expected = 'no request but a ping before initialized';
      report(turn, { code: 'earlyRequest', clause: 'lifecycle/early-server-requests', expected, got: clip(method) });
    }
    takeDeclared(turn, request, batch);
  }
}

/** lifecycle/initialize-first: only before we have answered `initialize` is anything refused. */
function serveRequest(turn: Turn, request: Request, batch: number | null): void {
  const { id, method } = request;
  if (method === 'initialize') {
    // A batch has a revision, and so an initialize, before it.
    if (turn.tags.has('mayInitialize')) takeInitialize(turn, request);
    else refuseInitialize(turn, id, batch);
  } else if (turn.tags.has('mayServe')) {
    takeDeclared(turn, request, batch);
  } else if (turn.tags.has('mayInitialize')) {
    const got = clip(method);
    report(turn, { code: 'earlyRequest', clause: 'lifecycle/initialize-first', expected: 'initialize', got });
    refuse(turn, id, INVALID_REQUEST, `${got} has to wait for the answer to initialize`, batch);
  } else {
    refuse(turn, id, INVALID_REQUEST, 'the server is leaving', batch);
  }
}

function refuseInitialize(turn: Turn, id: RequestId, batch: number | null): void {
  const got = batch === null ? 'a second one' : 'one in a batch';
  report(turn, { code: 'secondInitialize', expected: 'initialize once, and alone', got });
  refuse(turn, id, INVALID_REQUEST, `initialize is sent once, and alone; this is ${got}`, batch);
}

/** Custom methods are the application's; those of the protocol need what was declared (lifecycle/negotiated-capabilities). */
function takeDeclared(turn: Turn, request: Request, batch: number | null): void {
  const refusal = mayRequest(peerRole(turn), request.method, agreementSoFar(turn));
  if (refusal === null) {
    takeRequest(turn, request, batch);
    return;
  }
  report(turn, { code: 'undeclared', clause: clauseOf(refusal.clause), expected: refusal.why, got: request.method });
  refuse(turn, request.id, METHOD_NOT_FOUND, `${request.method}: ${refusal.why}`, batch);
}

function receiveNotification(turn: Turn, method: string, params: Params | undefined): void {
  switch (method) {
    case 'notifications/initialized':
      takeInitialized(turn);
      break;
    case 'notifications/cancelled':
      takeCancelled(turn, params);
      break;
    case 'notifications/progress':
      takeProgress(turn, params);
      break;
    default:
      deliverNotification(turn, method, params);
  }
}

/** What the peer did not declare is reported, and handed on all the same. */
function deliverNotification(turn: Turn, method: string, params: Params | undefined): void {
  if (turn.tags.has('mayInitialize')) {
    const got = clip(method);
    report(turn, { code: 'earlyRequest', clause: 'lifecycle/initialize-first', expected: 'initialize', got });
    return;
  }
  const refusal = turn.agreement === null ? null : mayNotify(peerRole(turn), method, turn.agreement);
  if (refusal !== null) {
    report(turn, { code: 'undeclared', clause: clauseOf(refusal.clause), expected: refusal.why, got: method });
  }
  ask(turn, { type: 'deliver', item: { kind: 'notification', method, ...(params ? { params } : {}) } });
}

function refuse(turn: Turn, id: RequestId, code: number, why: string, batch: number | null): void {
  if (turn.tags.has('mayAnswer')) reply(turn, failure(id, code, why), batch);
}

function peerRole({ config }: Turn): Role {
  return config.role === 'client' ? 'server' : 'client';
}

/** Before the handshake is over only a server can be early: then what counts is what we offered. */
function agreementSoFar(turn: Turn): Agreement {
  return turn.agreement ?? { revision: revisionOf(turn), client: turn.config.capabilities, server: {} };
}

/** A clause id without its revision, which `report` puts before it. */
function clauseOf(id: string): string {
  return id.slice(id.indexOf('/') + 1);
}

/** How much of the peer's text a report quotes, in UTF-16 units. */
const QUOTED = 200;

function clip(text: string): string {
  return text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text;
}
