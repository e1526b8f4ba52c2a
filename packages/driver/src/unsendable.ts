import type { Json, Params } from '@mcp-lifeline/core';
import type { ChannelLink } from './channel-link.js';
import { UnsendableError } from './errors.js';
import type { OurRequests } from './our-requests.js';
import type { Queued } from './session-loop.js';
import type { FailureListener } from './their-notifications.js';
import { INTERNAL_ERROR } from './their-requests.js';

/** What is left of a session that could not send a message. */
export interface UnsendableHost extends FailureListener {
  feed(input: Queued): void;
  now(): number;
}

/**
 * The channel threw at a message, most likely since it has no JSON text: a cycle, or a BigInt.
 *
 * Whoever sent it is told, and the session goes on: a request is rejected and taken off the core's table, an answer is
 * replaced by an error. What the session itself sends must not be lost: without it, writing has failed.
 */
export function recover(
  message: Json,
  input: Queued | null,
  error: unknown,
  link: ChannelLink,
  ours: OurRequests,
  host: UnsendableHost,
): void {
  if (input?.type === 'call') {
    const id = isObject(message) ? message['id'] : undefined;
    if (id !== undefined) link.neverSent(id);
    ours.refuse(input.key, new UnsendableError(input.method, error));
    host.feed({ type: 'cancel', now: host.now(), key: input.key });
  } else if (input !== null && 'ticket' in input) {
    input.ticket.reject(new UnsendableError(input.type === 'notify' ? input.method : 'progress', error));
  } else if (input?.type === 'answer') {
    host.failed('writing an answer', error);
    sendInstead(message, link);
  } else {
    host.failed('writing a message', error);
    link.writeFailed();
  }
}

function sendInstead(message: Json, link: ChannelLink): void {
  try {
    link.send(Array.isArray(message) ? message.map(written) : apology(message), true);
  } catch {
    link.writeFailed();
  }
}

/** Of a batch, only those answers are replaced that cannot be written. */
function written(answer: Json): Json {
  try {
    JSON.stringify(answer);
    return answer;
  } catch {
    return apology(answer);
  }
}

function apology(answer: Json): Params {
  const id = isObject(answer) ? (answer['id'] ?? null) : null;
  return { jsonrpc: '2.0', id, error: { code: INTERNAL_ERROR, message: 'the answer could not be written' } };
}

function isObject(value: Json): value is Params {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
