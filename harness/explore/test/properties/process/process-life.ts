import {
  openProcess,
  PROCESS_DEFAULTS,
  type ProcessEffect,
  type ProcessInput,
  type ProcessTimer,
  save,
  step,
} from '@mcp-lifeline/core/process';
import { describe, expect, it } from 'vitest';
import type { Observation } from '../../../src/contract.ts';
import { observeProcess } from '../../../src/observe/index.ts';
import type { WatcherGroup } from '../../../src/properties/index.ts';
import { processRules } from '../../../src/properties/process/index.ts';
import { viewProcess } from '../../../src/watchers/process/view.ts';
import { watchRules } from '../../../src/watchers/rules.ts';
import { judgeBy } from '../judging.ts';

/** An input without its time. */
export type Happening = ProcessInput extends infer I ? (I extends ProcessInput ? Omit<I, 'now'> : never) : never;

/** Changes what a step asks for, before anybody sees it. */
export type Spoil = (effects: readonly ProcessEffect[]) => readonly ProcessEffect[];

/** A process of the real core, with everything that its tap saw. */
export interface ProcessLife {
  readonly observations: readonly Observation[];
  feed(...happenings: readonly (Happening | ProcessTimer)[]): ProcessLife;
  /** One step that is spoiled. */
  spoil(happening: Happening | ProcessTimer, spoil: Spoil): ProcessLife;
}

/** Plays a process from its beginning; the name of a timer means that it runs out when it is due. */
function playProcess(...happenings: readonly (Happening | ProcessTimer)[]): ProcessLife {
  const observations: Observation[] = [];
  let state = openProcess(PROCESS_DEFAULTS, 0);
  let now = 0;
  const expiry = (name: ProcessTimer): Happening => {
    const timer = save(state).timers[name];
    if (timer === undefined) throw new Error(`${name} is not armed`);
    now = Math.max(now, timer.at);
    return { type: 'elapsed', name, generation: timer.generation };
  };
  const life: ProcessLife = {
    observations,
    feed(...more) {
      for (const happening of more) life.spoil(happening, (effects) => effects);
      return life;
    },
    spoil(happening, spoil) {
      const untimed = typeof happening === 'string' ? expiry(happening) : happening;
      const input = { ...untimed, now } as ProcessInput;
      const [next, asked] = step(state, input);
      state = next;
      const effects = spoil(asked);
      const events = observeProcess(input, effects);
      observations.push({ part: 'process', input, effects, events, before: null, after: null });
      return life;
    },
  };
  return life.feed(...happenings);
}

/** One way to break a rule: the steps before, the step, and how what it asks for is spoiled. */
export type ProcessCase = readonly [
  id: string,
  broken: string,
  before: readonly (Happening | ProcessTimer)[],
  happening: Happening | ProcessTimer,
  spoil: Spoil,
];

/** Tests that each rule holds of the step as it is, is put to the question by it, and is broken by the spoiled one. */
export function testProcessRules(cases: readonly ProcessCase[]): void {
  describe.each([...new Set(cases.map(([id]) => id))])('%s', (id) => {
    for (const [, broken, before, happening, spoil] of cases.filter((one) => one[0] === id)) {
      it(`holds, and is broken by ${broken}`, () => {
        const right = playProcess(...before).feed(happening);
        expect(judgeBy(GROUP, right.observations, id)).toEqual({ violation: null, triggered: true });
        expect(wrongs(right)).toEqual([]);
        const wrong = playProcess(...before).spoil(happening, spoil);
        expect(judgeBy(GROUP, wrong.observations, id).violation).not.toBeNull();
      });
    }
  });
}

/** Tests that each rule is broken by a step that it says nothing of as it is. */
export function testProcessStrays(cases: readonly ProcessCase[]): void {
  it.each(cases)('%s is broken by %s', (id, _, before, happening, spoil) => {
    expect(wrongs(playProcess(...before).feed(happening))).toEqual([]);
    const wrong = playProcess(...before).spoil(happening, spoil);
    expect(judgeBy(GROUP, wrong.observations, id).violation).not.toBeNull();
  });
}

const GROUP = watchRules(viewProcess(true), processRules(true)) as unknown as WatcherGroup;

function wrongs({ observations }: ProcessLife): readonly string[] {
  const state = observations.reduce(GROUP.see, GROUP.initial);
  return GROUP.readings.flatMap(({ id, violation }) =>
    violation(state) === null ? [] : [`${id}: ${violation(state)}`],
  );
}

export const START = { type: 'start' } as const;
export const SPAWNED = { type: 'spawned' } as const;
export const CLOSE = { type: 'close' } as const;
export const KILL = { type: 'kill' } as const;
export const EXITED = { type: 'exited', code: 3, signal: null } as const;
export const OUTPUT_ENDED = { type: 'outputEnded' } as const;
export const GROUP_GONE = { type: 'groupGone' } as const;
