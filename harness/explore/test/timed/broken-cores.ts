import type { Config, Effect, TimerName } from '@mcp-lifeline/core';
import { clientMachine, serverMachine } from '@mcp-lifeline/core/machines';
import type { ProcessConfig, ProcessEffect, ProcessTimer } from '@mcp-lifeline/core/process';
import { type CoreUnderTest, coreUnderTestOn, ours } from '../../src/core-under-test.ts';

/** Our core with each effect list of a session changed, also those of its beginning and of `restore`. */
function withSessionEffects(change: (effects: readonly Effect[]) => readonly Effect[]): CoreUnderTest {
  return {
    ...ours,
    open: (config, now) => changed(ours.open(config, now), change),
    step: (state, input) => changed(ours.step(state, input), change),
    restore: (saved, now) => changed(ours.restore(saved, now), change),
  };
}

/** Our core with each effect list of a process changed. */
export function withProcessEffects(
  change: (effects: readonly ProcessEffect[]) => readonly ProcessEffect[],
): CoreUnderTest {
  return {
    ...ours,
    stepProcess: (state, input) => changed(ours.stepProcess(state, input), change),
    restoreProcess: (saved, now) => changed(ours.restoreProcess(saved, now), change),
  };
}

/** One timer of a session is armed for another moment: `byMs` later, or earlier. */
export function shifted(name: TimerName, byMs: number): CoreUnderTest {
  return withSessionEffects((effects) => effects.map((one) => shiftOne(one, name, byMs)));
}

/** One timer of a process is armed for another moment. */
export function shiftedInProcess(name: ProcessTimer, byMs: number): CoreUnderTest {
  return withProcessEffects((effects) => effects.map((one) => shiftOne(one, name, byMs)));
}

/** One timer of a session is never disarmed. */
export function kept(name: TimerName): CoreUnderTest {
  return withSessionEffects((effects) => effects.filter((one) => one.type !== 'disarm' || one.name !== name));
}

/** One timer of a process is never disarmed. */
export function keptInProcess(name: ProcessTimer): CoreUnderTest {
  return withProcessEffects((effects) => effects.filter((one) => one.type !== 'disarm' || one.name !== name));
}

/** Effects of a session that hold a word in their JSON are lost. */
export function without(type: Effect['type'], word = ''): CoreUnderTest {
  return withSessionEffects((effects) =>
    effects.filter((one) => one.type !== type || !JSON.stringify(one).includes(word)),
  );
}

/** Sessions take their options from a changed configuration. */
export function configured(change: (config: Config) => Config): CoreUnderTest {
  return { ...ours, open: (config, now) => ours.open(change(config), now) };
}

/** Processes take their options from a changed configuration. */
export function processConfigured(change: (config: ProcessConfig) => ProcessConfig): CoreUnderTest {
  return { ...ours, openProcess: (config, now) => ours.openProcess(change(config), now) };
}

/** A guard of the session machines says the same whatever happened. */
export function guarded(guard: string, says: boolean): CoreUnderTest {
  const guards = { [guard]: () => says };
  return coreUnderTestOn({ client: clientMachine.provide({ guards }), server: serverMachine.provide({ guards }) });
}

/** The machines never forget what was missed. */
export function resentful(): CoreUnderTest {
  const actions = { forgetMisses: () => {} };
  return coreUnderTestOn({ client: clientMachine.provide({ actions }), server: serverMachine.provide({ actions }) });
}

/** Our core, deaf to messages that hold a word in their JSON. */
export function deafTo(word: string): CoreUnderTest {
  return {
    ...ours,
    step: (state, input) =>
      input.type === 'received' && JSON.stringify(input.json).includes(word) ? [state, []] : ours.step(state, input),
  };
}

/** A timer of a session is armed anew by all that comes in. */
export function rearmedByTraffic(name: TimerName, ms: number): CoreUnderTest {
  return {
    ...ours,
    step(state, input) {
      const [next, effects] = ours.step(state, input);
      const timer = ours.save(next).timers[name];
      const isTraffic = input.type === 'received' || input.type === 'garbled';
      if (!isTraffic || timer === undefined || ours.save(state).timers[name] === undefined) return [next, effects];
      return [next, [...effects, { type: 'arm', name, generation: timer.generation, at: input.now + ms }]];
    },
  };
}

function changed<S, E>(
  [state, effects]: readonly [S, readonly E[]],
  change: (effects: readonly E[]) => readonly E[],
): readonly [S, readonly E[]] {
  return [state, change(effects)];
}

function shiftOne<E extends { readonly type: string }>(effect: E, name: string, byMs: number): E {
  const timer = effect as { readonly name?: string; readonly at?: number };
  return effect.type === 'arm' && timer.name === name ? { ...effect, at: (timer.at ?? 0) + byMs } : effect;
}
