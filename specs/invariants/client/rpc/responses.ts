import { always, citing } from '../../by-revision.js';
import { FENCES } from '../../session.js';
import { idKey } from '../../wire.js';
import { obeying, RIGHT, wrong } from '../obeying.js';
import { isSeen, NOTHING_SEEN, type SeenKeys, withKey } from '../seen-keys.js';
import { type Message, owedBy } from '../session.js';

/** A response carries the id of a request of the server's, by type and value. */
export const responseIds = obeying<SeenKeys>({
  id: 'client.rpc.response-id',
  title: 'each response of the client carries the very id of a request of the server',
  level: always('MUST'),
  clauses: (revision) =>
    citing('messages/response-id', ...(revision === '2025-11-25' ? ['messages/error-response-id'] : []))(revision),
  memory: NOTHING_SEEN,
  rule: ({ shape }, before, asked) => {
    // A response without an id is the business of the envelope, and of client.rpc.no-reply-to-notification.
    if (shape.kind !== 'response' || shape.id === undefined || shape.id === null) return null;
    const key = idKey(shape.id);
    const answer = owedBy(before, shape);
    if (answer?.exact) return RIGHT;
    if (isSeen(asked, key)) return null;
    if (answer !== null) return wrong(`id ${key}, of another type`, answer.request.seq);
    return wrong(`a response with id ${key}, which no request had`);
  },
  learn: learnAsked,
  expected: 'the id of a request of the server',
  lacking: 'serverRequest',
  why: 'the client answered nothing',
});

/** A request of the server's gets one response. */
export const oneClientResponse = obeying<SeenKeys>({
  id: 'client.rpc.one-response',
  title: 'no request of the server gets a second response',
  level: always('MUST'),
  clauses: citing('messages/json-rpc'),
  memory: NOTHING_SEEN,
  rule: ({ shape }, before, asked) => {
    if (shape.kind !== 'response' || shape.id === undefined || shape.id === null) return null;
    if (owedBy(before, shape)?.exact) return RIGHT;
    const key = idKey(shape.id);
    return isSeen(asked, key) ? wrong(`a second response with id ${key}`) : null;
  },
  learn: learnAsked,
  expected: 'one response to each request',
  lacking: 'serverRequest',
  why: 'the client answered nothing',
});

/** A notification of the server's gets no response of any kind. */
export const noClientReply = obeying<{ readonly notifiedAt: number | null; readonly fences: number }>({
  id: 'client.rpc.no-reply-to-notification',
  title: 'a notification of the server gets no response',
  level: always('MUST'),
  clauses: (revision) =>
    // 2024-11-05 leaves it to JSON-RPC 2.0, section 4.1.
    citing(revision === '2024-11-05' ? 'messages/json-rpc' : 'messages/notification-no-response')(revision),
  memory: { notifiedAt: null, fences: 0 },
  rule: ({ shape }, before, { notifiedAt, fences }) => {
    if (shape.kind !== 'response' || notifiedAt === null) return null;
    if (shape.id === undefined || shape.id === null) {
      // An error to what could not be read has no id.
      const isExcused = 'error' in shape.body && before.garbledAt !== null;
      return isExcused ? null : wrong('a response without the id of a request', notifiedAt);
    }
    const answer = owedBy(before, shape);
    return answer !== null && answer.request.seq > notifiedAt && fences >= FENCES - 1 ? RIGHT : null;
  },
  learn: (memory, { from, shape, seq }, before) => {
    if (from === 'server') {
      return shape.kind === 'notification' && memory.notifiedAt === null ? { notifiedAt: seq, fences: 0 } : memory;
    }
    const answer = owedBy(before, shape);
    if (answer === null || memory.notifiedAt === null || answer.request.seq < memory.notifiedAt) return memory;
    return { ...memory, fences: memory.fences + 1 };
  },
  expected: 'no response',
  lacking: 'serverNotification',
  why: 'no notification was followed by enough requests that were answered',
});

function learnAsked(asked: SeenKeys, { from, shape }: Message): SeenKeys {
  return from === 'server' && shape.kind === 'request' ? withKey(asked, idKey(shape.id)) : asked;
}
