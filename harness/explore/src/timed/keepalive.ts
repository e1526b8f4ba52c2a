import type { CoreUnderTest } from '../core-under-test.js';
import { CLIENT_TIMES, SERVER_TIMES } from './durations.js';
import {
  answered,
  BEGIN,
  GARBAGE,
  INITIALIZE_ANSWERED,
  INITIALIZE_ASKED,
  INITIALIZED,
  negotiatingClient,
  requested,
  SIGN,
  sessionOf,
} from './session-life.js';
import { type TimedProperty, timed } from './timed-property.js';
import { LONG_CALL, WATCHING, type Watching } from './watching.js';

const { keepaliveMs, pongMs } = CLIENT_TIMES;

/** When a silent peer is pinged, in either role. */
export const KEEPALIVE = WATCHING.flatMap((watching) => [
  ...intervals(watching),
  ...busy(watching),
  ...beginnings(watching),
]);

function intervals({ role, ready }: Watching): readonly TimedProperty[] {
  return [
    timed(
      {
        id: `${role}.keepalive.interval`,
        title: `A peer that is silent for a whole interval is pinged by the ${role} when it is over, and not before`,
        source: '2025-11-25/ping/periodic',
      },
      (core) => {
        const life = ready(core)
          .isDue('keepalive', BEGIN + keepaliveMs)
          .waitsFor('keepalive')
          .wait(keepaliveMs - 1);
        life
          .neverHappened('send ping')
          .wait(1)
          .happened('send ping', BEGIN + keepaliveMs)
          .waitsFor('pong');
        life.isDue('pong', BEGIN + keepaliveMs + pongMs);
      },
    ),
    timed(
      {
        id: `${role}.keepalive.traffic`,
        title: `Traffic arms nothing anew: the ${role}'s wake-up finds it out, and counts on from the last byte`,
        source: 'docs/adr/0010-keepalive-and-strictness.md',
      },
      ...[SIGN, GARBAGE].map((sign) => (core: CoreUnderTest) => {
        const life = ready(core).wait(701).feed(sign).wait(1_301).feed(sign).feed({ type: 'notify', method: 'x/y' });
        const heard = BEGIN + 2_002;
        life
          .isDue('keepalive', BEGIN + keepaliveMs)
          .wait(keepaliveMs - 2_002)
          .neverHappened('send ping');
        life
          .isDue('keepalive', heard + keepaliveMs)
          .waitsFor('keepalive')
          .wait(2_002);
        life.happened('send ping', heard + keepaliveMs);
      }),
      // The last byte came in the moment of the wake-up, and a moment after the last.
      (core) => {
        const life = ready(core)
          .wait(keepaliveMs - 1)
          .feed(SIGN)
          .wait(1)
          .neverHappened('send ping');
        life.isDue('keepalive', BEGIN + keepaliveMs - 1 + keepaliveMs);
      },
      (core) => {
        const life = ready(core)
          .wait(1)
          .feed(SIGN)
          .wait(keepaliveMs - 1)
          .neverHappened('send ping');
        life
          .isDue('keepalive', BEGIN + 1 + keepaliveMs)
          .wait(1)
          .happened('send ping', BEGIN + 1 + keepaliveMs);
      },
    ),
    timed(
      {
        id: `${role}.keepalive.off`,
        title: `Where keepalive is off the ${role} waits for nothing and never pings`,
        source: 'docs/adr/0010-keepalive-and-strictness.md',
      },
      (core) => {
        const life = ready(core, { keepaliveMs: null }).waitsFor().wait(keepaliveMs).feed(SIGN).waitsFor();
        life.wait(10 * keepaliveMs).neverHappened('send ping');
      },
    ),
  ];
}

function busy({ role, ready, firstId }: Watching): readonly TimedProperty[] {
  const first = BEGIN + keepaliveMs;
  return [
    timed(
      {
        id: `${role}.keepalive.busy`,
        title: `A peer that works on a call is not pinged by the ${role}, however long it is silent`,
        source: 'docs/adr/0010-keepalive-and-strictness.md',
      },
      (core) => {
        const life = ready(core)
          .wait(53)
          .feed(LONG_CALL)
          .wait(keepaliveMs - 53)
          .isDue('keepalive', first + keepaliveMs);
        life
          .wait(keepaliveMs)
          .neverHappened('send ping')
          .isDue('keepalive', first + 2 * keepaliveMs);
        life
          .wait(59)
          .feed(answered(firstId))
          .wait(keepaliveMs - 59)
          .neverHappened('send ping');
        const heard = first + keepaliveMs + 59;
        life
          .isDue('keepalive', heard + keepaliveMs)
          .wait(59)
          .happened('send ping', heard + keepaliveMs);
      },
      // What is heard meanwhile moves the next wake-up, with a call open as without.
      (core) => {
        const life = ready(core).feed(LONG_CALL).wait(701).feed(SIGN);
        life.wait(keepaliveMs - 701).isDue('keepalive', BEGIN + 701 + keepaliveMs);
      },
      // A handler of ours that works keeps nobody from answering.
      (core) => {
        const life = ready(core).feed(requested(9)).wait(keepaliveMs);
        life.happened('send ping', first);
      },
    ),
    timed(
      {
        id: `${role}.pong.busy`,
        title: `A ping of the ${role} that a call came after is no miss, and what was missed before it still counts`,
        source: 'docs/adr/0010-keepalive-and-strictness.md',
      },
      (core) => {
        const life = ready(core)
          .wait(keepaliveMs + pongMs + 61)
          .feed(LONG_CALL)
          .wait(pongMs - 61);
        life.happened('report missedPong', first + pongMs).happened('send ping', first, first + pongMs);
        life.waitsFor('calls', 'keepalive').isDue('keepalive', first + 2 * pongMs + keepaliveMs);
        // One miss of three is left over: with two more it is dead.
        life.feed({ type: 'cancel', key: 1 }).wait(keepaliveMs + 2 * pongMs);
        life.happened('phase closing silent', first + 2 * pongMs + keepaliveMs + 2 * pongMs);
      },
      // Nor where one more would be the last.
      (core) => {
        const life = ready(core, { misses: 1 })
          .wait(keepaliveMs + 61)
          .feed(LONG_CALL)
          .wait(pongMs - 61);
        life
          .neverHappened('report missedPong', 'phase closing silent')
          .isDue('keepalive', first + pongMs + keepaliveMs);
      },
    ),
  ];
}

function beginnings({ role }: Watching): readonly TimedProperty[] {
  if (role === 'client') {
    return [
      timed(
        {
          id: 'client.keepalive.begin',
          title: 'The client counts the first interval from the answer to initialize',
          source: '2025-11-25/ping/periodic',
        },
        (core) => {
          const life = negotiatingClient(core).wait(419).feed(INITIALIZE_ANSWERED);
          life.isDue('keepalive', BEGIN + 419 + keepaliveMs).waitsFor('keepalive');
        },
      ),
    ];
  }
  return [
    timed(
      {
        id: 'server.keepalive.begin',
        title: 'The server counts the first interval from initialized, and waits for nothing before',
        source: '2025-11-25/ping/periodic',
      },
      (core) => {
        const life = sessionOf(core, SERVER_TIMES)
          .waitsFor()
          .wait(3 * keepaliveMs)
          .feed(INITIALIZE_ASKED)
          .waitsFor();
        life
          .wait(3 * keepaliveMs)
          .feed(INITIALIZED)
          .isDue('keepalive', BEGIN + 7 * keepaliveMs)
          .waitsFor('keepalive');
      },
    ),
  ];
}
