import { always, citing } from '../../by-revision.js';
import { cancelledKey } from '../../cancel/cancelled-call.js';
import { idKey } from '../../wire.js';
import { obeying, RIGHT, wrong } from '../obeying.js';
import { isSeen, NOTHING_SEEN, type SeenKeys, withKey } from '../seen-keys.js';
import type { ClientSession, Message } from '../session.js';
import { mayHaveCrossed } from './crossing.js';

const NEVER_CANCELLED = 'the client cancelled no request';

/** The client cancels only requests that it sent itself. */
export const cancelsOwn = obeying<SeenKeys>({
  id: 'client.cancel.own',
  title: 'the client cancels only requests of its own',
  level: always('MUST'),
  clauses: citing('cancellation/same-direction'),
  memory: NOTHING_SEEN,
  rule: ({ message, shape }, _, own) => {
    if (shape.kind !== 'notification' || shape.method !== 'notifications/cancelled') return null;
    const key = cancelledKey(message);
    // One that names nothing is allowed where tasks are cancelled otherwise, and says nothing of any request.
    if (key === null) return null;
    return isSeen(own, key) ? RIGHT : wrong(`it cancelled ${key}, which it never sent`);
  },
  learn: learnOwn,
  expected: 'the id of a request that the client sent before',
  lacking: 'clientCancel',
  why: NEVER_CANCELLED,
});

interface Answers {
  readonly own: SeenKeys;
  /** The answers so recent that a cancellation may have crossed them. */
  readonly recent: readonly {
    readonly key: string;
    readonly seq: number;
    readonly t: number;
    readonly lagMs: number;
  }[];
}

/** A client cancels no request that was answered long ago. */
export const cancelsInProgress = obeying<Answers>({
  id: 'client.cancel.in-progress',
  title: 'the client cancels no request whose answer it got long before',
  level: always('MUST'),
  clauses: citing('cancellation/in-progress'),
  memory: { own: NOTHING_SEEN, recent: [] },
  rule: ({ message, t }, { own, lagMs }, memory) => {
    const key = cancelledKey(message);
    if (key === null || !isSeen(memory.own, key)) return null;
    if (own.some((one) => one.key === key)) return RIGHT;
    const answer = memory.recent.find((one) => one.key === key);
    if (answer !== undefined && mayHaveCrossed(answer, { t, lagMs })) return null;
    return wrong(`it cancelled ${key}, whose answer had come long before`, answer?.seq);
  },
  learn: ({ own, recent }, message, before) => {
    const { shape, from, seq, t } = message;
    const { lagMs } = before;
    const still = recent.filter((one) => mayHaveCrossed(one, { t, lagMs }));
    if (from === 'client' || shape.kind !== 'response' || shape.id === undefined) {
      return { own: learnOwn(own, message), recent: still };
    }
    return { own, recent: [...still, { key: idKey(shape.id), seq, t, lagMs }] };
  },
  expected: 'the id of a request without an answer',
  lacking: 'clientCancel',
  why: NEVER_CANCELLED,
});

/** A client never cancels `initialize`. */
export const cancelsNoInitialize = obeying({
  id: 'client.cancel.not-initialize',
  title: 'the client does not cancel initialize',
  level: always('MUST'),
  clauses: citing('cancellation/not-initialize'),
  memory: null,
  rule: ({ message }, { opening }: ClientSession) => {
    const key = cancelledKey(message);
    if (key === null) return null;
    return key === opening?.key ? wrong('it cancelled initialize', opening.seq) : RIGHT;
  },
  expected: 'another request than initialize',
  lacking: 'clientCancel',
  why: NEVER_CANCELLED,
});

function learnOwn(own: SeenKeys, { from, shape }: Message): SeenKeys {
  return from === 'client' && shape.kind === 'request' ? withKey(own, idKey(shape.id)) : own;
}
