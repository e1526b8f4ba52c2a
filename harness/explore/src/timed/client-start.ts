import type { CoreUnderTest } from '../core-under-test.js';
import { CLIENT_TIMES } from './durations.js';
import {
  BEGIN,
  GARBAGE,
  INITIALIZE_ANSWERED,
  negotiatingClient,
  received,
  type SessionInput,
  SIGN,
  sessionOf,
} from './session-life.js';
import { timed } from './timed-property.js';

const { startupMs, slowStartMs, closingMs } = CLIENT_TIMES;

/** What a client is given to become ready, and when it says that this takes long. */
export const CLIENT_START = [
  timed(
    {
      id: 'startup.budget',
      title: 'One budget, counted from the start, covers the opening and the handshake; nothing moves it',
      source: 'docs/limits.md',
    },
    (core) => {
      sessionOf(core, CLIENT_TIMES)
        .isDue('startup', null)
        .wait(300)
        .feed({ type: 'start' })
        .waitsFor('startup', 'slowStart');
    },
    (core) => {
      sessionOf(core, CLIENT_TIMES)
        .feed({ type: 'start' })
        .isDue('startup', BEGIN + startupMs)
        .wait(911)
        .feed({ type: 'opened' }, SIGN, GARBAGE, received({ id: 'p', method: 'ping' }))
        .feed({ type: 'call', key: 1, method: 'ping' })
        .isDue('startup', BEGIN + startupMs);
    },
  ),
  timed(
    {
      id: 'startup.expiry',
      title: 'When the budget is spent, and not before, the client begins to close because of it',
      source: '2025-11-25/lifecycle/timeout-every-request',
    },
    (core) => runsOut(core, []),
    (core) => runsOut(core, [{ type: 'opened' }]),
  ),
  timed(
    {
      id: 'startup.disarmed',
      title: 'However the start ends, neither its budget nor its notice outlives it',
      source: 'docs/limits.md',
    },
    (core) => leaveStart(core, [INITIALIZE_ANSWERED], 'keepalive'),
    (core) => leaveStart(core, [received({ id: 1, error: { code: 1, message: 'no' } })], 'closing'),
    (core) => leaveStart(core, [{ type: 'ended' }], 'closing'),
    (core) => leaveStart(core, [{ type: 'writeFailed' }], 'hearOut'),
    (core) => leaveStart(core, [{ type: 'close' }], 'closing'),
    (core) => leaveStart(core, [{ type: 'kill' }], 'closing'),
    (core) => leaveStart(core, [{ type: 'gone' }]),
  ),
  timed(
    {
      id: 'slow-start.notice',
      title: 'A start that still goes on is reported once, when it is due, and goes on',
      source: 'docs/limits.md',
    },
    (core) => {
      negotiatingClient(core)
        .isDue('slowStart', BEGIN + slowStartMs)
        .wait(917)
        .feed(SIGN)
        .isDue('slowStart', BEGIN + slowStartMs)
        .wait(startupMs - 918)
        .happened('report slowStart', BEGIN + slowStartMs)
        .silentAfter(BEGIN + slowStartMs)
        .isDue('startup', BEGIN + startupMs)
        .feed(INITIALIZE_ANSWERED)
        .happened('phase ready', BEGIN + startupMs - 1);
    },
    (core) => {
      const life = sessionOf(core, CLIENT_TIMES).feed({ type: 'start' }).wait(slowStartMs);
      life.happened('report slowStart', BEGIN + slowStartMs).waitsFor('startup');
    },
  ),
];

function runsOut(core: CoreUnderTest, inputs: readonly SessionInput[]): void {
  const life = sessionOf(core, CLIENT_TIMES)
    .feed({ type: 'start' }, ...inputs)
    .wait(startupMs - 1);
  life.neverHappened('phase closing startup', 'closeChannel graceful').wait(1);
  const end = BEGIN + startupMs;
  life
    .happened('phase closing startup', end)
    .happened('closeChannel graceful', end)
    .isDue('closing', end + closingMs);
  life.waitsFor('closing');
}

/** Leaves after the notice was due and before the budget is spent, and again before the notice. */
function leaveStart(core: CoreUnderTest, inputs: readonly SessionInput[], ...armed: Armed[]): void {
  for (const after of [97, slowStartMs + 97]) {
    negotiatingClient(core)
      .wait(after)
      .feed(...inputs)
      .waitsFor(...armed);
  }
}

type Armed = 'keepalive' | 'closing' | 'hearOut';
