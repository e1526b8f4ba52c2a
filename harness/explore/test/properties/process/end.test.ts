import {
  CLOSE,
  EXITED,
  GROUP_GONE,
  KILL,
  OUTPUT_ENDED,
  type ProcessCase,
  SPAWNED,
  START,
  testProcessRules,
  testProcessStrays,
} from './process-life.ts';
import {
  ABANDONED,
  adding,
  END_INPUT,
  ending,
  nothing,
  REAPED,
  reversing,
  STOP_READING,
  WATCH,
  without,
} from './spoils.ts';

const RUNNING = [START, SPAWNED];
const KILLING = [...RUNNING, KILL];
const EXITED_FIRST = [...RUNNING, EXITED];
const HEARD_OUT = [...EXITED_FIRST, GROUP_GONE];
const OVER = [...HEARD_OUT, OUTPUT_ENDED];
const STALE = { type: 'elapsed', name: 'grace', generation: 77 } as const;

const CASES: readonly ProcessCase[] = [
  ['process.end.watched', 'nobody who watches', RUNNING, EXITED, without('watchGroup')],
  ['process.end.watched', 'two who watch', KILLING, EXITED, adding(WATCH)],
  ['process.end.reaped', 'waiting on', HEARD_OUT, OUTPUT_ENDED, without('over')],
  ['process.end.reaped', 'waiting on for the group', [...EXITED_FIRST, OUTPUT_ENDED], GROUP_GONE, nothing],
  ['process.end.reaped', 'waiting on when time is up', HEARD_OUT, 'drain', without('over')],
  ['process.end.abandoned', 'waiting on', KILLING, 'reap', without('over')],
  ['process.end.never-started', 'what is not so', HEARD_OUT, OUTPUT_ENDED, ending({ how: 'neverStarted' })],
  ['process.end.never-started', 'the contrary', [], CLOSE, ending({ how: 'reaped' })],
  ['process.end.tells-exit', 'another code', HEARD_OUT, OUTPUT_ENDED, ending({ code: 0 })],
  ['process.end.tells-exit', 'a signal', KILLING, 'reap', ending({ signal: 'SIGKILL' })],
  ['process.end.reading', 'giving up twice', HEARD_OUT, 'drain', adding(STOP_READING)],
  ['process.end.given-up', 'output that is read on', HEARD_OUT, KILL, without('stopReading')],
  ['process.end.last', 'something behind it', HEARD_OUT, OUTPUT_ENDED, adding(END_INPUT)],
  ['process.end.last', 'something after it', OVER, KILL, adding(END_INPUT)],
  ['process.order.once', 'an input that ends twice', RUNNING, CLOSE, adding(END_INPUT)],
  [
    'process.order.once',
    'a timer that is armed first',
    [...RUNNING, CLOSE],
    'grace',
    adding({ type: 'disarm', name: 'term' }),
  ],
  ['process.timers.paired', 'a timer that is not armed', RUNNING, CLOSE, adding({ type: 'disarm', name: 'reap' })],
  [
    'process.timers.paired',
    'a timer that is armed',
    [...RUNNING, CLOSE],
    KILL,
    adding({ type: 'arm', name: 'reap', generation: 9, at: 0 }),
  ],
  ['process.timers.felt', 'nothing', [...RUNNING, CLOSE], 'grace', nothing],
  ['process.timers.none-left', 'one that is left', HEARD_OUT, OUTPUT_ENDED, without('disarm')],
  ['process.timers.stale', 'a step', RUNNING, STALE, adding(END_INPUT)],
];

testProcessRules(CASES);

testProcessStrays([
  ['process.end.watched', 'one who watches what lives', RUNNING, CLOSE, adding(WATCH)],
  ['process.end.reaped', 'an end before all is known', EXITED_FIRST, OUTPUT_ENDED, adding(REAPED)],
  ['process.end.reaped', 'an end of what never was', [START], KILL, adding(REAPED)],
  ['process.end.abandoned', 'giving up on what was not killed', RUNNING, CLOSE, adding(ABANDONED)],
  ['process.end.reading', 'giving up before its time', RUNNING, CLOSE, adding(STOP_READING)],
  ['process.end.reading', 'giving up after its end', [...EXITED_FIRST, OUTPUT_ENDED], 'drain', adding(STOP_READING)],
  ['process.end.last', 'an end in another order', HEARD_OUT, 'drain', reversing],
]);
