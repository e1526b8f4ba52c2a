import type { CoreUnderTest } from '../core-under-test.js';
import { PROCESS_TIMES } from './durations.js';
import { EXITED, type ProcessLife, runningProcess, spawningProcess, type UntimedProcessInput } from './process-life.js';
import { BEGIN } from './session-life.js';
import { timed } from './timed-property.js';

const { drainMs, graceMs, termMs, reapMs } = PROCESS_TIMES;

const CLOSE: UntimedProcessInput = { type: 'close' };
const KILL: UntimedProcessInput = { type: 'kill' };
const ENDED: UntimedProcessInput = { type: 'outputEnded' };
const BROKEN: UntimedProcessInput = { type: 'inputBroken' };
const GROUP_GONE: UntimedProcessInput = { type: 'groupGone' };

/** The steps by which a process is led out, and how long each may take. */
export const PROCESS_LADDER = [
  timed(
    {
      id: 'ladder.none',
      title: 'A process that cannot be started is over at once, and nothing of it is waited for',
      source: 'docs/adr/0002-process-core.md',
    },
    (core) => {
      const life = spawningProcess(core).wait(41).feed({ type: 'spawnFailed', code: 'ENOENT' });
      life.happened('over neverStarted', BEGIN + 41).waitsFor();
    },
  ),
  timed(
    {
      id: 'ladder.whole',
      title:
        'A process that does nothing of what it is asked gets each step when the last is over, and is abandoned after all',
      source: 'docs/adr/0002-process-core.md',
    },
    (core) => {
      const life = runningProcess(core).waitsFor().wait(47).feed(CLOSE);
      life.wait(graceMs + termMs + reapMs);
      const term = BEGIN + 47 + graceMs;
      life.happened('endInput', BEGIN + 47).happened('signalGroup SIGTERM', term);
      life.happened('signalGroup SIGKILL', term + termMs).happened('over abandoned', term + termMs + reapMs);
      life.waitsFor();
    },
  ),
  timed(
    {
      id: 'grace.expiry',
      title: 'From the end of its input a process has its grace, whoever ended it, and then gets SIGTERM',
      source: '2025-11-25/lifecycle/stdio-terminate',
    },
    ...[CLOSE, ENDED].map((way) => (core: CoreUnderTest) => {
      const end = BEGIN + 53 + graceMs;
      const life = runningProcess(core).wait(53).feed(way).isDue('grace', end).waitsFor('grace');
      life
        .wait(graceMs - 1)
        .feed(BROKEN, way === CLOSE ? ENDED : CLOSE)
        .isDue('grace', end);
      life.neverHappened('signalGroup SIGTERM').wait(1).happened('signalGroup SIGTERM', end).waitsFor('term');
      life.isDue('term', end + termMs).neverHappened('signalGroup SIGKILL');
    }),
    // Nothing can be asked of what does not exist yet: its grace begins with it.
    (core) => {
      const life = spawningProcess(core).wait(59).feed(CLOSE).waitsFor().wait(graceMs).feed({ type: 'spawned' });
      life
        .isDue('grace', BEGIN + 59 + 2 * graceMs)
        .happened('endInput', BEGIN + 59 + graceMs)
        .waitsFor('grace');
    },
  ),
  timed(
    {
      id: 'grace.left',
      title: 'A process that leaves within its grace gets no signal, one that is to be killed gets SIGKILL at once',
      source: '2025-11-25/lifecycle/stdio-kill',
    },
    (core) => {
      const life = runningProcess(core)
        .feed(CLOSE)
        .wait(graceMs - 1)
        .feed(EXITED)
        .waitsFor('drain');
      life
        .feed(ENDED, GROUP_GONE)
        .happened('over reaped', BEGIN + graceMs - 1)
        .waitsFor()
        .wait(graceMs);
      life.neverHappened('signalGroup SIGTERM', 'signalGroup SIGKILL');
    },
    ...[CLOSE, KILL].map((again) => (core: CoreUnderTest) => {
      const life = runningProcess(core).feed(CLOSE).wait(61).feed(again).waitsFor('reap').wait(graceMs);
      life.happened('signalGroup SIGKILL', BEGIN + 61).neverHappened('signalGroup SIGTERM');
    }),
    (core) =>
      void runningProcess(core)
        .wait(61)
        .feed(KILL)
        .happened('signalGroup SIGKILL', BEGIN + 61)
        .waitsFor('reap'),
    (core) => {
      const life = spawningProcess(core).feed(KILL).waitsFor().wait(61).feed({ type: 'spawned' }).waitsFor('reap');
      life.happened('signalGroup SIGKILL', BEGIN + 61).isDue('reap', BEGIN + 61 + reapMs);
    },
  ),
  timed(
    {
      id: 'term.expiry',
      title: 'What is left of the group when the time after SIGTERM is over gets SIGKILL',
      source: '2025-11-25/lifecycle/stdio-kill',
    },
    ...[[], [EXITED], [ENDED], [EXITED, ENDED]].map((heard) => (core: CoreUnderTest) => {
      const end = BEGIN + graceMs + termMs;
      const life = terminating(core)
        .wait(termMs - 1)
        .feed(...heard, BROKEN)
        .isDue('term', end)
        .waitsFor('term');
      life.neverHappened('signalGroup SIGKILL').wait(1).happened('signalGroup SIGKILL', end).waitsFor('reap');
      life.isDue('reap', end + reapMs);
    }),
  ),
  timed(
    {
      id: 'term.left',
      title: 'A group that is gone within that time is reaped once its output ended, and signalled no more',
      source: '2025-11-25/lifecycle/stdio-kill',
    },
    (core) => {
      const life = terminating(core)
        .wait(termMs - 1)
        .feed(EXITED, ENDED, GROUP_GONE)
        .waitsFor();
      life
        .happened('over reaped', BEGIN + graceMs + termMs - 1)
        .wait(termMs)
        .neverHappened('signalGroup SIGKILL');
    },
    (core) => {
      const gone = BEGIN + graceMs + termMs - 1;
      const life = terminating(core)
        .wait(termMs - 1)
        .feed(EXITED, GROUP_GONE)
        .waitsFor('drain');
      life
        .isDue('drain', gone + drainMs)
        .wait(drainMs)
        .happened('over reaped', gone + drainMs);
      life.neverHappened('signalGroup SIGKILL').happened('stopReading', gone + drainMs);
    },
  ),
  timed(
    {
      id: 'reap.expiry',
      title:
        'After SIGKILL a group is waited for its time and no longer; what it still holds open is not read any more',
      source: 'docs/adr/0002-process-core.md',
    },
    ...[[], [EXITED], [CLOSE, KILL, BROKEN]].map((heard) => (core: CoreUnderTest) => {
      const life = runningProcess(core)
        .feed(KILL)
        .isDue('reap', BEGIN + reapMs)
        .waitsFor('reap');
      life
        .wait(reapMs - 1)
        .feed(...heard)
        .isDue('reap', BEGIN + reapMs)
        .neverHappened('over abandoned')
        .wait(1);
      life
        .inOrder(BEGIN + reapMs, 'stopReading', 'over abandoned')
        .happened('signalGroup SIGKILL', BEGIN)
        .waitsFor();
    }),
    (core) => {
      const life = runningProcess(core).feed(KILL).wait(67).feed(ENDED).wait(reapMs);
      life.happened('over abandoned', BEGIN + reapMs).neverHappened('stopReading');
    },
  ),
  timed(
    {
      id: 'reap.left',
      title: 'A group that is gone after SIGKILL is reaped when its output ended, or was heard out',
      source: 'docs/adr/0002-process-core.md',
    },
    (core) => {
      const life = runningProcess(core)
        .feed(KILL)
        .wait(reapMs - 1)
        .feed(ENDED, EXITED, GROUP_GONE)
        .waitsFor();
      life.happened('over reaped', BEGIN + reapMs - 1).neverHappened('over abandoned');
    },
    (core) => {
      const life = runningProcess(core)
        .feed(KILL)
        .wait(reapMs - 1)
        .feed(EXITED, GROUP_GONE)
        .waitsFor('drain');
      life
        .wait(drainMs)
        .happened('over reaped', BEGIN + reapMs - 1 + drainMs)
        .neverHappened('over abandoned');
    },
  ),
  timed(
    {
      id: 'drain.process.expiry',
      title:
        'What a process left in the pipe is heard out for its time, and what it left in its group gets SIGTERM then',
      source: 'docs/limits.md',
    },
    ...[[], [CLOSE]].map((heard) => (core: CoreUnderTest) => {
      const end = BEGIN + 71 + drainMs;
      const life = runningProcess(core).wait(71).feed(EXITED).isDue('drain', end).waitsFor('drain');
      life
        .wait(drainMs - 1)
        .feed(BROKEN, ...heard)
        .isDue('drain', end)
        .neverHappened('stopReading')
        .wait(1);
      life
        .inOrder(end, 'stopReading', 'signalGroup SIGTERM')
        .waitsFor('term')
        .isDue('term', end + termMs);
    }),
    (core) => {
      const life = runningProcess(core)
        .feed(EXITED)
        .wait(73)
        .feed(ENDED)
        .isDue('drain', BEGIN + drainMs)
        .wait(drainMs);
      life
        .happened('signalGroup SIGTERM', BEGIN + drainMs)
        .neverHappened('stopReading')
        .waitsFor('term');
    },
    (core) => {
      const life = runningProcess(core)
        .feed(EXITED)
        .wait(73)
        .feed(GROUP_GONE)
        .isDue('drain', BEGIN + drainMs);
      life
        .wait(drainMs)
        .inOrder(BEGIN + drainMs, 'stopReading', 'over reaped')
        .neverHappened('signalGroup SIGTERM');
    },
  ),
  timed(
    {
      id: 'drain.process.left',
      title: 'With its output ended and its group gone, in either order, a process is reaped without waiting',
      source: 'docs/adr/0002-process-core.md',
    },
    ...[
      [EXITED, ENDED, GROUP_GONE],
      [EXITED, GROUP_GONE, ENDED],
      [ENDED, EXITED, GROUP_GONE],
    ].map((heard) => (core: CoreUnderTest) => {
      const life = runningProcess(core)
        .wait(79)
        .feed(...heard)
        .happened('over reaped', BEGIN + 79)
        .waitsFor();
      life.wait(drainMs + graceMs + termMs).neverHappened('signalGroup SIGTERM', 'stopReading');
    }),
    // Whoever does not want to wait for the pipe may say so.
    (core) => {
      const life: ProcessLife = runningProcess(core).feed(EXITED, GROUP_GONE).wait(83).feed(KILL).waitsFor();
      life.inOrder(BEGIN + 83, 'stopReading', 'over reaped').neverHappened('signalGroup SIGKILL');
    },
    (core) => {
      const life = runningProcess(core).feed(EXITED).wait(83).feed(KILL).waitsFor('reap').wait(drainMs);
      life.happened('signalGroup SIGKILL', BEGIN + 83).neverHappened('signalGroup SIGTERM');
    },
  ),
];

/** It got SIGTERM `graceMs` after `BEGIN`. */
function terminating(core: CoreUnderTest): ProcessLife {
  return runningProcess(core)
    .feed(CLOSE)
    .wait(graceMs)
    .isDue('term', BEGIN + graceMs + termMs);
}
