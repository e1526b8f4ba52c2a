import type { Case, Move, World } from './case.js';
import { runCase } from './run-case.js';
import type { Script } from './scripts.js';
import type { Subject } from './subject.js';

/** Something that happens to a session at any moment. */
interface Cut {
  readonly name: string;
  readonly moves: readonly Move[];
}

/** What came of cutting a script everywhere. */
export interface CutRuns {
  readonly steps: number;
  readonly runs: number;
  /** The first that failed: what was wrong, where, and the case. */
  readonly failure: { readonly what: string; readonly case: Case } | null;
}

/** Cuts a script after every single move, by every cut, and plays what is left to its end. */
export function cutEverywhere(core: Subject, { case: whole }: Script): CutRuns {
  let [steps, runs] = [0, 0];
  for (const cut of cutsOf(whole.world)) {
    for (let kept = 1; kept <= whole.moves.length; kept += 1) {
      const one: Case = { ...whole, moves: [...whole.moves.slice(0, kept), ...cut.moves] };
      const run = runCase(core, one);
      steps += run.steps;
      runs += 1;
      const what = `${cut.name} after ${kept} moves: ${run.wrong}`;
      if (run.wrong !== null) return { steps, runs, failure: { what, case: one } };
    }
  }
  return { steps, runs, failure: null };
}

/** What is tried: the ends of either side and of the world, each alone and one upon the other. */
function cutsOf(world: World): readonly Cut[] {
  return world.kind === 'pair' ? [...SHARED, ...OF_PAIRS] : [...SHARED, ...OF_LONE_CORES];
}

const close = (side: 'client' | 'server'): Move => ({ type: 'close', side });
const kill = (side: 'client' | 'server'): Move => ({ type: 'kill', side });
const breakPipe = (side: 'client' | 'server'): Move => ({ type: 'breakPipe', side });
const crash = (lost: number): Move => ({ type: 'crash', lost });
const SIGNAL: Move = { type: 'signal', signal: 'SIGTERM' };
const END: Move = { type: 'end' };
const LATE: Move = { type: 'wait', ms: 3_600_000 };
const expire = (part: 'client' | 'server' | 'host'): Move => ({ type: 'expire', part, nth: 0, lateMs: 0 });
const EVERY_TIMER: readonly Move[] = [0, 1, 2].flatMap(() => [expire('client'), expire('server'), expire('host')]);
const RESTORED: readonly Move[] = [
  { type: 'restore', part: 'client', shiftMs: 250 },
  { type: 'restore', part: 'server', shiftMs: -50 },
  { type: 'restore', part: 'host', shiftMs: 100 },
];

const SHARED: readonly Cut[] = [
  { name: 'nothing', moves: [] },
  { name: 'a crash', moves: [crash(0)] },
  { name: 'a crash that loses the last byte or message', moves: [crash(1)] },
  { name: 'a crash that loses half a line', moves: [crash(20)] },
  { name: 'a crash that loses everything', moves: [crash(100_000)] },
  { name: 'the end of output', moves: [END] },
  { name: 'the end of output, then a crash', moves: [END, crash(0)] },
  { name: 'every timer', moves: EVERY_TIMER },
  { name: 'hours, then every timer', moves: [LATE, ...EVERY_TIMER] },
  { name: 'a restore', moves: RESTORED },
  { name: 'a restore, then every timer', moves: [...RESTORED, ...EVERY_TIMER] },
  ...(['client', 'server'] as const).flatMap((side): Cut[] => [
    { name: `the ${side} closes`, moves: [close(side)] },
    { name: `the ${side} closes twice`, moves: [close(side), close(side)] },
    { name: `the ${side} closes, then every timer`, moves: [close(side), ...EVERY_TIMER] },
    { name: `the ${side} kills`, moves: [kill(side)] },
    { name: `the ${side} closes, then kills`, moves: [close(side), kill(side)] },
    { name: `the ${side} can write no more`, moves: [breakPipe(side)] },
    { name: `the ${side} can write no more, then closes`, moves: [breakPipe(side), close(side)] },
    { name: `the ${side} can write no more, then every timer`, moves: [breakPipe(side), ...EVERY_TIMER] },
    { name: `the ${side} can write no more, then a restore`, moves: [breakPipe(side), ...RESTORED, ...EVERY_TIMER] },
    { name: `the ${side} closes, then a restore`, moves: [close(side), ...RESTORED, ...EVERY_TIMER] },
    { name: `the ${side} closes, then a crash`, moves: [close(side), crash(1)] },
  ]),
  { name: 'a signal', moves: [SIGNAL] },
  { name: 'two signals', moves: [SIGNAL, SIGNAL] },
  { name: 'a signal, then the end of output', moves: [SIGNAL, END] },
  { name: 'what nobody caught', moves: [{ type: 'uncaught' }] },
  { name: 'what nobody caught, twice', moves: [{ type: 'uncaught' }, { type: 'uncaught' }] },
];

const OF_PAIRS: readonly Cut[] = [
  { name: 'both close at once', moves: [close('client'), close('server')] },
  { name: 'both can write no more', moves: [breakPipe('client'), breakPipe('server')] },
  { name: 'the client closes, then a signal', moves: [close('client'), SIGNAL] },
  { name: 'the spawning fails', moves: [{ type: 'complete', part: 'host', nth: 0, fails: true }] },
];

const OF_LONE_CORES: readonly Cut[] = [
  { name: 'half a line, then the end', moves: [{ type: 'speakBytes', hex: '7b226a' }, END, crash(0)] },
  {
    name: 'a stray answer',
    moves: [{ type: 'speak', sayings: [{ as: 'answer', nth: 0, how: 'asText' }], isBatch: false }],
  },
];
