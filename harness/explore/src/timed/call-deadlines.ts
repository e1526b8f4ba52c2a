import type { CoreUnderTest } from '../core-under-test.js';
import { CLIENT_TIMES, SERVER_TIMES, SWEEP_MS } from './durations.js';
import {
  answered,
  BEGIN,
  readyClient,
  readyServer,
  received,
  type SessionInput,
  type SessionLife,
} from './session-life.js';
import { Broken, type TimedProperty, timed } from './timed-property.js';

const { requestTimeoutMs, maxTotalTimeoutMs } = CLIENT_TIMES;

const ROLES = {
  client: { ready: (core: CoreUnderTest) => readyClient(core, { ...CLIENT_TIMES, keepaliveMs: null }), firstId: 2 },
  server: { ready: (core: CoreUnderTest) => readyServer(core, { ...SERVER_TIMES, keepaliveMs: null }), firstId: 1 },
} as const;

/** How long calls wait, in either role. */
export const CALL_DEADLINES = Object.entries(ROLES).flatMap(([role, { ready, firstId }]) =>
  deadlinesOf(role, ready, firstId),
);

function deadlinesOf(role: string, ready: (core: CoreUnderTest) => SessionLife, id: number): readonly TimedProperty[] {
  const progress = (made: number, of = id): SessionInput =>
    received({ method: 'notifications/progress', params: { progressToken: of, progress: made } });
  return [
    timed(
      {
        id: `${role}.call.timeout`,
        title: `The ${role} gives up on a call when its time has passed, at most one look later, and says so to the peer`,
        source: '2025-11-25/lifecycle/timeout-cancel',
      },
      (core) => {
        const life = ready(core)
          .wait(3)
          .feed(CALL)
          .isDue('calls', look(BEGIN + 3 + requestTimeoutMs));
        givesUp(life.wait(requestTimeoutMs * 2), 'timeout', BEGIN + 3 + requestTimeoutMs);
        life.waitsFor();
      },
    ),
    timed(
      {
        id: `${role}.call.own-timeout`,
        title: `A call of the ${role} may have a timeout and a maximum of its own`,
        source: '2025-11-25/lifecycle/timeout-per-request',
      },
      (core) =>
        givesUp(
          ready(core)
            .feed({ ...CALL, timeoutMs: 601 })
            .wait(700),
          'timeout',
          BEGIN + 601,
        ),
      (core) =>
        givesUp(
          ready(core)
            .feed({ ...CALL, maxTotalMs: 607 })
            .wait(700),
          'maxTotal',
          BEGIN + 607,
        ),
      (core) =>
        givesUp(
          ready(core)
            .feed({ ...CALL, timeoutMs: 0 })
            .wait(SWEEP_MS),
          'timeout',
          BEGIN,
        ),
    ),
    timed(
      {
        id: `${role}.call.progress`,
        title: `Progress begins the timeout of its call anew, and of no other; it arms nothing`,
        source: '2025-11-25/lifecycle/timeout-reset-on-progress',
      },
      (core) => {
        const life = ready(core)
          .feed(CALL, { ...CALL, key: 2 })
          .wait(requestTimeoutMs - 101)
          .feed(progress(1));
        life.isDue('calls', look(BEGIN + requestTimeoutMs)).wait(requestTimeoutMs * 2);
        givesUp(life, 'timeout', BEGIN + requestTimeoutMs * 2 - 101);
        givesUp(life, 'timeout', BEGIN + requestTimeoutMs, 2);
      },
      // Also at the last moment, and though it does not increase.
      (core) => {
        const life = ready(core).feed({ ...CALL, timeoutMs: 1_997 });
        life.wait(1_996).feed(progress(1)).wait(1_996).feed(progress(1)).wait(2_100);
        givesUp(life, 'timeout', BEGIN + 3_992 + 1_997);
      },
      // None that asked for no progress has it.
      (core) => {
        const life = ready(core)
          .feed({ ...CALL, wantsProgress: false })
          .wait(requestTimeoutMs - 101)
          .feed(progress(1));
        givesUp(life.wait(200), 'timeout', BEGIN + requestTimeoutMs);
      },
    ),
    timed(
      {
        id: `${role}.call.maximum`,
        title: `Whatever progress it makes, a call of the ${role} ends at its maximum`,
        source: '2025-11-25/lifecycle/timeout-maximum',
      },
      (core) => {
        const life = ready(core).feed(CALL);
        for (let made = 1; made * 9_973 < maxTotalTimeoutMs; made += 1) life.wait(9_973).feed(progress(made));
        givesUp(life.wait(requestTimeoutMs), 'maxTotal', BEGIN + maxTotalTimeoutMs);
      },
    ),
    timed(
      {
        id: `${role}.call.sweep`,
        title: `One timer serves all calls of the ${role}: armed for the next of them, moved to earlier ones alone, and not kept for none`,
        source: 'docs/limits.md',
      },
      (core) => {
        const late = look(BEGIN + requestTimeoutMs);
        const life = ready(core).waitsFor().feed(CALL).isDue('calls', late);
        life
          .wait(211)
          .feed({ ...CALL, key: 2 })
          .isDue('calls', late);
        life
          .feed({ ...CALL, key: 3, timeoutMs: 307 })
          .isDue('calls', look(BEGIN + 211 + 307))
          .wait(400);
        givesUp(life, 'timeout', BEGIN + 211 + 307, 3);
        life.isDue('calls', late).wait(requestTimeoutMs);
        givesUp(life, 'timeout', BEGIN + requestTimeoutMs, 1);
        givesUp(life, 'timeout', BEGIN + requestTimeoutMs + 211, 2);
        life.waitsFor();
      },
    ),
    timed(
      {
        id: `${role}.call.answered`,
        title: `A call of the ${role} that was answered is not given up later, also when the answer came last of all`,
        source: '2025-11-25/lifecycle/timeout-cancel',
      },
      (core) => {
        const life = ready(core).feed(CALL).wait(requestTimeoutMs).feed(answered(id)).wait(requestTimeoutMs);
        life.happened('settle 1 result', BEGIN + requestTimeoutMs).neverHappened('settle 1 timeout');
        life
          .neverHappened('send notifications/cancelled')
          .silentAfter(BEGIN + requestTimeoutMs)
          .waitsFor();
      },
    ),
  ];
}

const CALL = { type: 'call', key: 1, method: 'custom/work' } as const satisfies SessionInput;

/** The first look at the deadlines that sees one. */
function look(due: number): number {
  return Math.ceil(due / SWEEP_MS) * SWEEP_MS;
}

/** Never before it is due, and at the first look after. */
function givesUp(life: SessionLife, how: 'timeout' | 'maxTotal', due: number, key = 1): void {
  const at = look(due);
  life.happened(`settle ${key} ${how}`, at).inOrder(at, 'send notifications/cancelled', `settle ${key} ${how}`);
  const others = life.told.filter(({ name }) => name.startsWith(`settle ${key} `));
  if (others.length !== 1) throw new Broken(`the call ${key} settled ${others.length} times`);
}
