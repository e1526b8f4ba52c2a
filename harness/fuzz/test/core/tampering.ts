import type { Effect, Input } from '@mcp-lifeline/core';
import type { Saved } from '@mcp-lifeline/core/saving';
import { OURS, type Subject } from '../../src/core/index.ts';

/** The core with other effects. */
export function withEffects(tamper: (effects: readonly Effect[], input: Input) => readonly Effect[]): Subject {
  return {
    ...OURS,
    step: (state, input) => {
      const [next, effects] = OURS.step(state, input);
      return [next, tamper(effects, input)];
    },
  };
}

/** The core, told something else than what happened. */
export function withInputs(tamper: (input: Input) => Input): Subject {
  return { ...OURS, step: (state, input) => OURS.step(state, tamper(input)) };
}

/** Without the effects of this kind. */
export function without(isOne: (effect: Effect) => boolean): Subject {
  return withEffects((effects) => effects.filter((effect) => !isOne(effect)));
}

/** The core, restored from something else than what was saved. */
export function restoring(tamper: (saved: Saved) => Partial<Saved>): Subject {
  return { ...OURS, restore: (saved, now) => OURS.restore({ ...saved, ...tamper(saved) }, now) };
}
