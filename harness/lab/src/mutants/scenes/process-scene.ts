import {
  PROCESS_DEFAULTS,
  type ProcessEffect,
  type ProcessInput,
  type ProcessState,
  type SavedProcess,
} from '@mcp-lifeline/core/process';
import { alwaysOf } from '@mcp-lifeline/explore/properties';
import type { Group, JudgedSetting } from '../alone/explore-alone.js';

/** A process, with every input in every state, and all that must hold of it carried along: what comes too early or twice has to change nothing. */
export const PROCESS_SETTING: JudgedSetting<ProcessState, ProcessInput, null> = {
  name: 'process',
  lifeOn: (core) => ({
    begin: () => [core.openProcess(PROCESS_DEFAULTS, 0), []],
    step: core.stepProcess,
    save: core.saveProcess,
    abstract: core.abstractProcess,
    read: (state) => [core.phaseOfProcess(state), core.isOver(state)],
    identify: (state) => JSON.stringify(core.abstractProcess(state)),
  }),
  inputs: (saved) => inputsOf(saved as SavedProcess),
  groups: alwaysOf({ client: null, server: null, process: PROCESS_DEFAULTS }) as readonly Group[],
  isMisuse: () => false,
  surroundings: null,
  canHappen: () => true,
  after: () => null,
  observe: ({ input, effects, before, after }) => {
    return { part: 'process', events: [], input, effects: effects as readonly ProcessEffect[], before, after };
  },
};

function inputsOf({ now, timers }: SavedProcess): readonly (readonly [string, ProcessInput])[] {
  const plain = ['start', 'close', 'kill', 'spawned', 'outputEnded', 'inputBroken', 'groupGone'] as const;
  const expiries = (['drain', 'grace', 'term', 'reap'] as const).flatMap((name) => {
    const timer = timers[name];
    if (timer === undefined) return [];
    const elapsed = { type: 'elapsed', name, generation: timer.generation, now: Math.max(now, timer.at) } as const;
    return [[`${name} elapses`, elapsed] as const];
  });
  return [
    ...plain.map((type) => [type, { type, now }] as const),
    ['spawnFailed', { type: 'spawnFailed', code: 'ENOENT', now }],
    ['exited 0', { type: 'exited', code: 0, signal: null, now }],
    ['exited by a signal', { type: 'exited', code: null, signal: 'SIGKILL', now }],
    ...expiries,
  ];
}
