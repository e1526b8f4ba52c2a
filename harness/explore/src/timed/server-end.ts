import type { CoreUnderTest } from '../core-under-test.js';
import { SERVER_TIMES } from './durations.js';
import {
  BEGIN,
  GARBAGE,
  readyServer,
  received,
  requested,
  type SessionInput,
  type SessionLife,
  SIGN,
} from './session-life.js';
import { timed } from './timed-property.js';

const { drainMs, cleanUpMs } = SERVER_TIMES;

const ENDED: SessionInput = { type: 'ended' };
const CLOSE: SessionInput = { type: 'close' };
const TERMINATED: SessionInput = { type: 'signalled', signal: 'SIGTERM' };
const INTERRUPTED: SessionInput = { type: 'signalled', signal: 'SIGINT' };
const HUNG_UP: SessionInput = { type: 'signalled', signal: 'SIGHUP' };

/** How long a server takes its leave: for the handlers that run, and for its clean-up. */
export const SERVER_END = [
  timed(
    {
      id: 'drain.expiry',
      title: 'Handlers that run when the server is to leave get their time and no more; then they are aborted',
      source: 'docs/limits.md',
    },
    ...[ENDED, CLOSE, TERMINATED].map((way) => (core: CoreUnderTest) => {
      const life = working(core)
        .wait(23)
        .feed(way)
        .isDue('drain', BEGIN + 23 + drainMs)
        .waitsFor('drain');
      life
        .wait(drainMs - 1)
        .feed(SIGN, GARBAGE, ENDED)
        .isDue('drain', BEGIN + 23 + drainMs);
      life.neverHappened('abort 1', `cleanUp ${whyOf(way)}`).wait(1);
      life.inOrder(BEGIN + 23 + drainMs, 'abort 1', `cleanUp ${whyOf(way)}`).waitsFor('cleanUp');
      life.isDue('cleanUp', BEGIN + 23 + drainMs + cleanUpMs).happened('abort 1', BEGIN + 23 + drainMs);
    }),
  ),
  timed(
    {
      id: 'drain.none',
      title: 'Without handlers that run, or without time for them, the clean-up begins in the step of leaving',
      source: 'docs/limits.md',
    },
    ...[ENDED, CLOSE, TERMINATED].flatMap((way) => [
      (core: CoreUnderTest) => cleansUpAtOnce(readyServer(core), way),
      (core: CoreUnderTest) => cleansUpAtOnce(working(core, 0), way),
    ]),
    // Nobody is left whom an answer could reach.
    (core) => void working(core).feed({ type: 'gone' }).happened('cleanUp peerGone', BEGIN).waitsFor('cleanUp'),
    (core) =>
      void working(core).feed({ type: 'writeFailed' }).happened('cleanUp writeFailed', BEGIN).waitsFor('cleanUp'),
  ),
  timed(
    {
      id: 'drain.answered',
      title: 'With the answer of the last handler the server goes on at once, and waits for it no longer',
      source: 'docs/limits.md',
    },
    (core) => {
      const life = working(core)
        .feed(requested(2), ENDED)
        .wait(drainMs - 1)
        .feed(answer(1));
      life.waitsFor('drain').neverHappened('cleanUp peerEnded').feed(answer(2)).waitsFor('cleanUp');
      life.happened('cleanUp peerEnded', BEGIN + drainMs - 1).neverHappened('abort 1', 'abort 2');
      life.isDue('cleanUp', BEGIN + drainMs - 1 + cleanUpMs);
    },
    // So does it when the client cancels what runs.
    (core) => {
      const cancelled = received({ method: 'notifications/cancelled', params: { requestId: 1 } });
      working(core)
        .feed(CLOSE)
        .wait(5)
        .feed(cancelled)
        .happened('cleanUp asked', BEGIN + 5)
        .waitsFor('cleanUp');
    },
  ),
  timed(
    {
      id: 'drain.cut',
      title: 'What ends the time of handlers earlier leaves its timer behind nowhere',
      source: 'docs/limits.md',
    },
    ...[{ type: 'gone' } as const, { type: 'writeFailed' } as const, TERMINATED].map((way) => (core: CoreUnderTest) => {
      const life = working(core).feed(ENDED).wait(29).feed(way).waitsFor('cleanUp');
      life.isDue('cleanUp', BEGIN + 29 + cleanUpMs).inOrder(BEGIN + 29, 'abort 1', 'cleanUp peerEnded');
    }),
    ...[{ type: 'kill' } as const, { type: 'uncaught', message: 'oh' } as const].map((way) => (core: CoreUnderTest) => {
      working(core)
        .feed(ENDED)
        .wait(29)
        .feed(way)
        .waitsFor()
        .wait(drainMs)
        .silentAfter(BEGIN + 29);
    }),
    // The application's own first close asks for no haste; the second does.
    (core) => {
      const life = working(core)
        .feed(ENDED)
        .wait(29)
        .feed(CLOSE)
        .isDue('drain', BEGIN + drainMs)
        .wait(1)
        .feed(CLOSE);
      life.waitsFor().happened('exit 143', BEGIN + 30);
    },
  ),
  timed(
    {
      id: 'clean-up.deadline',
      title:
        'A clean-up that is not done in its time is cut short, with the code of the last signal, or as if by SIGTERM',
      source: 'docs/limits.md',
    },
    (core) => cutsShort(core, [ENDED], 143),
    (core) => cutsShort(core, [CLOSE], 143),
    (core) => cutsShort(core, [TERMINATED], 143),
    (core) => cutsShort(core, [INTERRUPTED], 130),
    (core) => cutsShort(core, [HUNG_UP], 129),
  ),
  timed(
    {
      id: 'clean-up.patience',
      title:
        'The first signal and the first close that come into a clean-up move nothing; what comes again cuts it short',
      source: 'docs/limits.md',
    },
    (core) => {
      const life = readyServer(core)
        .feed(ENDED)
        .wait(31)
        .feed(CLOSE, INTERRUPTED)
        .isDue('cleanUp', BEGIN + cleanUpMs);
      life
        .neverHappened('exit 130')
        .wait(cleanUpMs)
        .happened('exit 130', BEGIN + cleanUpMs)
        .waitsFor();
    },
    (core) =>
      void readyServer(core)
        .feed(INTERRUPTED)
        .wait(31)
        .feed(HUNG_UP)
        .waitsFor()
        .happened('exit 129', BEGIN + 31),
    (core) =>
      void readyServer(core)
        .feed(CLOSE)
        .wait(31)
        .feed(CLOSE)
        .waitsFor()
        .happened('exit 143', BEGIN + 31),
    (core) =>
      void readyServer(core)
        .feed(CLOSE)
        .wait(31)
        .feed({ type: 'kill' })
        .happened('exit 143', BEGIN + 31),
  ),
  timed(
    {
      id: 'clean-up.done',
      title: 'With its clean-up done the server exits at once and cleanly, and no deadline is left',
      source: 'docs/limits.md',
    },
    ...[ENDED, CLOSE, INTERRUPTED].map((way) => (core: CoreUnderTest) => {
      const done = BEGIN + cleanUpMs - 1;
      const life = readyServer(core)
        .feed(way)
        .wait(cleanUpMs - 1)
        .feed({ type: 'cleanedUp' })
        .waitsFor();
      life.happened('exit 0', done).wait(cleanUpMs).silentAfter(done).neverHappened('exit 143', 'exit 130');
    }),
    (core) => {
      const life = readyServer(core).feed(ENDED).wait(37).feed({ type: 'uncaught', message: 'oh' }).waitsFor();
      life
        .happened('exit 1', BEGIN + 37)
        .wait(cleanUpMs)
        .silentAfter(BEGIN + 37);
    },
  ),
];

/** With a handler that works under the key 1; keepalive is off, so that nothing else waits. */
function working(core: CoreUnderTest, drain = drainMs): SessionLife {
  return readyServer(core, { ...SERVER_TIMES, drainMs: drain, keepaliveMs: null }).feed(requested(1));
}

function answer(key: number): SessionInput {
  return { type: 'answer', key, answer: { result: {} } };
}

function whyOf(way: SessionInput): string {
  return way.type === 'ended' ? 'peerEnded' : way.type === 'close' ? 'asked' : 'signal';
}

function cleansUpAtOnce(life: SessionLife, way: SessionInput): void {
  life
    .wait(41)
    .feed(way)
    .happened(`cleanUp ${whyOf(way)}`, BEGIN + 41);
  life.waitsFor('cleanUp').isDue('cleanUp', BEGIN + 41 + cleanUpMs);
}

function cutsShort(core: CoreUnderTest, ways: readonly SessionInput[], code: number): void {
  const end = BEGIN + 43 + cleanUpMs;
  const life = readyServer(core)
    .wait(43)
    .feed(...ways)
    .isDue('cleanUp', end)
    .wait(cleanUpMs - 1)
    .feed(SIGN, GARBAGE);
  life.isDue('cleanUp', end).neverHappened(`exit ${code}`).wait(1).happened(`exit ${code}`, end).waitsFor();
  life.wait(cleanUpMs).silentAfter(end);
}
