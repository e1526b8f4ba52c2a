import {
  CLOSE,
  KILL,
  OUTPUT_ENDED,
  type ProcessCase,
  SPAWNED,
  START,
  testProcessRules,
  testProcessStrays,
} from './process-life.ts';
import { adding, END_INPUT, ending, nothing, REAPED, reversing, SIGKILL, without } from './spoils.ts';

const FAILED = { type: 'spawnFailed', code: 'ENOENT' } as const;

const CASES: readonly ProcessCase[] = [
  ['process.spawn.once', 'silence', [], START, nothing],
  ['process.spawn.once', 'two', [], START, adding({ type: 'spawn' })],
  ['process.spawn.unwanted', 'silence', [], CLOSE, nothing],
  ['process.spawn.unwanted', 'a process all the same', [], KILL, adding({ type: 'spawn' })],
  ['process.spawn.failed', 'waiting on', [START], FAILED, nothing],
  ['process.spawn.failed', 'no reason', [START], FAILED, ending({ spawnError: null })],
  ['process.spawn.failed', 'another end', [START, CLOSE], FAILED, ending({ how: 'reaped' })],
  ['process.spawn.nobody-yet', 'a signal to nobody', [START], KILL, adding(SIGKILL)],
  ['process.spawn.nobody-yet', 'an end', [START], CLOSE, adding(REAPED)],
  ['process.spawn.nobody-yet', 'the end of an input that is not there', [START], OUTPUT_ENDED, adding(END_INPUT)],
  ['process.spawn.wish', 'a close that is forgotten', [START, CLOSE], SPAWNED, without('endInput')],
  ['process.spawn.wish', 'a kill that is forgotten', [START, KILL], SPAWNED, without('signalGroup')],
  ['process.spawn.wish', 'a second close that is forgotten', [START, CLOSE, CLOSE], SPAWNED, without('signalGroup')],
  ['process.spawn.wish', 'a kill before the end of input', [START, KILL], SPAWNED, reversing],
  ['process.spawn.wish', 'an end that nobody wished for', [START], SPAWNED, adding(END_INPUT)],
];

testProcessRules(CASES);

testProcessStrays([['process.spawn.once', 'a second one', [START, SPAWNED], START, adding({ type: 'spawn' })]]);
