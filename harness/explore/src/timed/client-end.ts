import type { CoreUnderTest } from '../core-under-test.js';
import { CLIENT_TIMES } from './durations.js';
import {
  answered,
  BEGIN,
  GARBAGE,
  negotiatingClient,
  readyClient,
  type SessionInput,
  type SessionLife,
  SIGN,
} from './session-life.js';
import { timed } from './timed-property.js';

const { hearOutMs, closingMs } = CLIENT_TIMES;

/** A call without a deadline that could come between. */
const CALL: SessionInput = { type: 'call', key: 1, method: 'custom/work' };

/** How long a client waits on its way out: for last words, and for the channel. */
export const CLIENT_END = [
  timed(
    {
      id: 'hear-out.expiry',
      title: 'A server that cannot be written to is heard out for its time, and then its calls are lost',
      source: 'docs/limits.md',
    },
    (core) => {
      const life = hearingOut(core)
        .isDue('hearOut', BEGIN + hearOutMs)
        .waitsFor('hearOut', 'calls');
      life.wait(hearOutMs - 1).feed(SIGN, GARBAGE, { type: 'writeFailed' });
      life
        .isDue('hearOut', BEGIN + hearOutMs)
        .neverHappened('settle 1 connectionLost', 'closeChannel graceful')
        .wait(1);
      life.inOrder(BEGIN + hearOutMs, 'settle 1 connectionLost', 'closeChannel graceful');
      life.waitsFor('closing').isDue('closing', BEGIN + hearOutMs + closingMs);
    },
    (core) => {
      const life = negotiatingClient(core).wait(11).feed({ type: 'writeFailed' });
      life
        .isDue('hearOut', BEGIN + 11 + hearOutMs)
        .waitsFor('hearOut')
        .wait(hearOutMs);
      life.happened('closeChannel graceful', BEGIN + 11 + hearOutMs).waitsFor('closing');
    },
  ),
  timed(
    {
      id: 'hear-out.answers',
      title: 'An answer that comes while the server is heard out settles its call',
      source: 'docs/limits.md',
    },
    (core) => {
      const life = hearingOut(core)
        .wait(hearOutMs - 1)
        .feed(answered(2));
      life
        .happened('settle 1 result', BEGIN + hearOutMs - 1)
        .wait(1)
        .neverHappened('settle 1 connectionLost');
    },
  ),
  timed(
    {
      id: 'hear-out.disarmed',
      title: 'Whatever ends the hearing out earlier, its timer does not outlive it',
      source: 'docs/limits.md',
    },
    (core) => void hearingOut(core).wait(7).feed({ type: 'ended' }).waitsFor('closing'),
    (core) => void hearingOut(core).wait(7).feed({ type: 'close' }).waitsFor('closing'),
    (core) => void hearingOut(core).wait(7).feed({ type: 'kill' }).waitsFor('closing'),
    (core) => void hearingOut(core).wait(7).feed({ type: 'gone' }).waitsFor(),
  ),
  timed(
    {
      id: 'closing.expiry',
      title: 'A channel that does not close in its time is told to end now, and its end taken for granted',
      source: 'docs/limits.md',
    },
    ...[{ type: 'close' } as const, { type: 'ended' } as const].map((way) => (core: CoreUnderTest) => {
      const life = readyClient(core).wait(13).feed(way);
      const end = BEGIN + 13 + closingMs;
      life
        .isDue('closing', end)
        .waitsFor('closing')
        .wait(closingMs - 1)
        .feed(SIGN, GARBAGE)
        .isDue('closing', end);
      life.neverHappened('report stuck', 'closeChannel now').wait(1);
      life.happened('report stuck', end).happened('closeChannel now', end);
      life.inOrder(end, 'closeChannel now', way.type === 'close' ? 'phase closed asked' : 'phase closed peerEnded');
      life.waitsFor().wait(closingMs).silentAfter(end);
    }),
  ),
  timed(
    {
      id: 'closing.forced',
      title: 'Asking again hurries the channel and moves nothing: when the time is up nothing is left to tell it',
      source: 'docs/limits.md',
    },
    ...[{ type: 'close' } as const, { type: 'kill' } as const].map((again) => (core: CoreUnderTest) => {
      const life = readyClient(core).feed({ type: 'close' }).wait(17).feed(again);
      life
        .happened('closeChannel now', BEGIN + 17)
        .isDue('closing', BEGIN + closingMs)
        .wait(19)
        .feed(again);
      life.isDue('closing', BEGIN + closingMs).wait(closingMs);
      life.happened('closeChannel now', BEGIN + 17).happened('report stuck', BEGIN + closingMs);
      life
        .happened('phase closed asked', BEGIN + closingMs)
        .silentAfter(BEGIN + closingMs)
        .waitsFor();
    }),
    (core) => {
      const life = readyClient(core)
        .feed({ type: 'kill' })
        .isDue('closing', BEGIN + closingMs)
        .wait(closingMs);
      life.happened('closeChannel now', BEGIN).happened('phase closed asked', BEGIN + closingMs);
    },
  ),
  timed(
    {
      id: 'closing.disarmed',
      title: 'A channel that closed is not called stuck',
      source: 'docs/limits.md',
    },
    (core) => {
      const life = readyClient(core)
        .feed({ type: 'close' })
        .wait(closingMs - 1)
        .feed({ type: 'gone' });
      life
        .waitsFor()
        .wait(closingMs)
        .happened('phase closed asked', BEGIN + closingMs - 1)
        .neverHappened('report stuck');
    },
    (core) => void readyClient(core).feed({ type: 'kill' }, { type: 'gone' }).waitsFor(),
  ),
];

function hearingOut(core: CoreUnderTest): SessionLife {
  return readyClient(core).feed(CALL, { type: 'writeFailed' });
}
