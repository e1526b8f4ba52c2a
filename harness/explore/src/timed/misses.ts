import type { CoreUnderTest } from '../core-under-test.js';
import { CLIENT_TIMES } from './durations.js';
import { answered, BEGIN, GARBAGE, SIGN } from './session-life.js';
import { type TimedProperty, timed } from './timed-property.js';
import { WATCHING, type Watching } from './watching.js';

const { keepaliveMs, pongMs } = CLIENT_TIMES;

/** When a ping was answered, and when a peer counts as dead, in either role. */
export const MISSES = WATCHING.flatMap((watching) => [...pongs(watching), ...misses(watching)]);

function pongs({ role, ready, firstId }: Watching): readonly TimedProperty[] {
  return [
    timed(
      {
        id: `${role}.pong.sign`,
        title: `Whatever the ${role} hears after its ping is a sign of life: the interval counts from there`,
        source: 'docs/adr/0010-keepalive-and-strictness.md',
      },
      ...[answered(firstId), SIGN, GARBAGE].map((sign) => (core: CoreUnderTest) => {
        const life = ready(core)
          .wait(keepaliveMs)
          .wait(pongMs - 1)
          .feed(sign);
        const heard = BEGIN + keepaliveMs + pongMs - 1;
        life
          .waitsFor('keepalive')
          .isDue('keepalive', heard + keepaliveMs)
          .wait(keepaliveMs - 1);
        life
          .neverHappened('report missedPong')
          .happened('send ping', BEGIN + keepaliveMs)
          .wait(1);
        life.happened('send ping', BEGIN + keepaliveMs, heard + keepaliveMs);
      }),
    ),
    timed(
      {
        id: `${role}.pong.miss`,
        title: `A ping of the ${role} that stays unanswered for its time is reported and followed by another at once`,
        source: '2025-11-25/ping/log-failures',
      },
      (core) => {
        const first = BEGIN + keepaliveMs;
        const life = ready(core)
          .wait(keepaliveMs + pongMs - 1)
          .neverHappened('report missedPong')
          .wait(1);
        life.inOrder(first + pongMs, 'report missedPong', 'send ping').happened('report missedPong', first + pongMs);
        life
          .happened('send ping', first, first + pongMs)
          .isDue('pong', first + 2 * pongMs)
          .waitsFor('pong');
      },
    ),
  ];
}

function misses({ role, ready, end, endTimer }: Watching): readonly TimedProperty[] {
  const first = BEGIN + keepaliveMs;
  return [
    timed(
      {
        id: `${role}.misses.last`,
        title: `After as many misses in a row as were set, and no fewer, the ${role} gives the peer up in that step`,
        source: '2025-11-25/ping/unanswered-terminate',
      },
      ...[1, 2, 3, 5].map((count) => (core: CoreUnderTest) => {
        const life = ready(core, { misses: count }).wait(keepaliveMs + count * pongMs - 1);
        life
          .neverHappened('phase closing silent')
          .wait(1)
          .inOrder(first + count * pongMs, ...end)
          .waitsFor(endTimer);
        const every = Array.from({ length: count }, (_, miss) => first + miss * pongMs);
        life.happened('send ping', ...every).happened('report missedPong', ...every.map((at) => at + pongMs));
      }),
    ),
    timed(
      {
        id: `${role}.misses.forgotten`,
        title: `A sign of life makes the ${role} forget what was missed before`,
        source: '2025-11-25/ping/repeated-failure',
      },
      (core) => {
        const life = ready(core)
          .wait(keepaliveMs + 2 * pongMs + 1)
          .feed(SIGN);
        const again = first + 2 * pongMs + 1 + keepaliveMs;
        life
          .wait(keepaliveMs + 3 * pongMs - 1)
          .neverHappened('phase closing silent')
          .wait(1);
        life.happened('phase closing silent', again + 3 * pongMs);
      },
    ),
    timed(
      {
        id: `${role}.misses.end`,
        title: `However the ${role} ends, no ping of keepalive and no wait for one outlives it`,
        source: '2025-11-25/ping/periodic',
      },
      ...[keepaliveMs - 1, keepaliveMs + 1].map((after) => (core: CoreUnderTest) => {
        const life = ready(core).wait(after).feed({ type: 'close' }).waitsFor(endTimer);
        const pings = after < keepaliveMs ? [] : [first];
        life
          .wait(3 * keepaliveMs)
          .happened('send ping', ...pings)
          .neverHappened('report missedPong');
      }),
    ),
  ];
}
