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
import { adding, END_INPUT, nothing, reversing, SIGKILL, SIGTERM, without } from './spoils.ts';

const RUNNING = [START, SPAWNED];
const LEAVING = [...RUNNING, CLOSE];
const TERMINATING = [...LEAVING, 'grace'] as const;
const KILLING = [...TERMINATING, 'term'] as const;
const EXITED_FIRST = [...RUNNING, EXITED];
const HEARD_OUT = [...EXITED_FIRST, GROUP_GONE];
const BROKEN = { type: 'inputBroken' } as const;

const CASES: readonly ProcessCase[] = [
  ['process.ladder.input-first', 'a signal before it', RUNNING, KILL, reversing],
  ['process.ladder.input-first', 'two ends', LEAVING, KILL, adding(END_INPUT)],
  ['process.ladder.forwards', 'two signals in one step', RUNNING, KILL, adding(SIGTERM)],
  ['process.ladder.forwards', 'a second SIGTERM', TERMINATING, 'term', () => [SIGTERM]],
  ['process.ladder.patience', 'SIGKILL for SIGTERM', LEAVING, 'grace', () => [SIGKILL]],
  ['process.ladder.begins', 'an input that stays open', RUNNING, CLOSE, without('endInput')],
  ['process.ladder.begins', 'an input that stays open at its end', RUNNING, OUTPUT_ENDED, nothing],
  ['process.ladder.begins', 'no time', RUNNING, EXITED, without('arm')],
  ['process.ladder.begins', 'no signal', RUNNING, KILL, without('signalGroup')],
  ['process.ladder.begins', 'a signal at once', RUNNING, CLOSE, adding(SIGTERM)],
  ['process.ladder.goes-on', 'no SIGTERM', LEAVING, 'grace', without('signalGroup')],
  ['process.ladder.goes-on', 'no time for SIGTERM', LEAVING, 'grace', without('arm')],
  ['process.ladder.goes-on', 'no SIGKILL', TERMINATING, 'term', nothing],
  ['process.ladder.goes-on', 'no time for SIGKILL', TERMINATING, 'term', without('arm')],
  ['process.ladder.goes-on', 'no end', KILLING, 'reap', without('over')],
  ['process.ladder.goes-on', 'what is left of the group', EXITED_FIRST, 'drain', without('signalGroup')],
  ['process.ladder.second-close', 'patience', LEAVING, CLOSE, nothing],
  ['process.ladder.second-close', 'patience with a kill', TERMINATING, KILL, without('signalGroup')],
  ['process.ladder.second-close', 'SIGTERM', LEAVING, KILL, () => [SIGTERM]],
  ['process.ladder.second-close', 'waiting for nobody', HEARD_OUT, KILL, without('over')],
  ['process.ladder.tidying', 'haste at the first close', [...RUNNING, OUTPUT_ENDED], CLOSE, adding(SIGKILL)],
  ['process.ladder.tidying', 'a second SIGKILL', KILLING, KILL, adding(SIGKILL)],
  ['process.ladder.broken-input', 'an end', RUNNING, BROKEN, adding(END_INPUT)],
];

testProcessRules(CASES);

testProcessStrays([
  ['process.ladder.nobody', 'a signal to a group that is gone', HEARD_OUT, CLOSE, adding(SIGKILL)],
  ['process.ladder.nobody', 'a signal before there is anybody', [START], KILL, adding(SIGKILL)],
  ['process.ladder.patience', 'SIGTERM on a close', RUNNING, CLOSE, adding(SIGTERM)],
  ['process.ladder.patience', 'SIGKILL at the end of its output', LEAVING, OUTPUT_ENDED, adding(SIGKILL)],
  ['process.ladder.forwards', 'SIGTERM after SIGKILL', KILLING, EXITED, adding(SIGTERM)],
]);
