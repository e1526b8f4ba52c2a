import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  abstract,
  isOver,
  openProcess,
  PROCESS_QUICK,
  type ProcessEffect,
  type ProcessState,
  restore,
  save,
  step,
} from '../../src/process/index.ts';
import { INPUT_NAMES, type InputName, inputNamed, nameEffect, TIMERS } from './drive.ts';

/** An input by name and how far the clock moves before it; it may also try to move back. */
const anyInputs = fc.array(fc.tuple(fc.constantFrom(...INPUT_NAMES), fc.integer({ min: -50, max: 500 })), {
  maxLength: 40,
});

/** Random inputs to a process that was spawned, so that the deep states are met often. */
const lively = anyInputs.map((inputs) => [['start', 0] as const, ['spawned', 0] as const, ...inputs]);
const inputs = fc.oneof(anyInputs, { arbitrary: lively, weight: 3 });
const RUNS = { numRuns: 400 };

interface Step {
  readonly before: ProcessState;
  readonly input: InputName;
  readonly after: ProcessState;
  readonly effects: readonly ProcessEffect[];
}

describe('whatever happens', () => {
  test('over is asked for at most once, and is the last effect of all', () => {
    check((steps) => {
      const effects = steps.flatMap((s) => s.effects);
      const ends = effects.filter((effect) => effect.type === 'over');
      expect(ends.length).toBe(isOver(lastOf(steps)) ? 1 : 0);
      if (ends.length > 0) expect(effects.at(-1)?.type).toBe('over');
    });
  });

  test('nobody is signalled before spawned, or after the group is known to be gone', () => {
    check((steps) => {
      let spawned = false;
      let watched = false;
      let gone = false;
      for (const { input, effects } of steps) {
        spawned ||= input === 'spawned';
        gone ||= watched && input === 'groupGone';
        watched ||= effects.some((effect) => effect.type === 'watchGroup');
        if (effects.some((effect) => effect.type === 'signalGroup')) expect([spawned, gone]).toEqual([true, false]);
      }
    });
  });

  test('one step never asks for the same thing twice, nor a whole life for what is done once', () => {
    check((steps) => {
      for (const { effects } of steps) {
        const names = effects.map(nameEffect);
        expect(names).toEqual([...new Set(names)]);
      }
      const once = steps.flatMap((s) => s.effects.map(nameEffect)).filter((name) => !/^(dis)?arm /.test(name));
      expect(once).toEqual([...new Set(once)]);
    });
  });

  test('reading is given up exactly when a spawned process is over without the end of its output', () => {
    check((steps) => {
      const effects = steps.flatMap((s) => s.effects.map(nameEffect));
      if (!isOver(lastOf(steps)) || effects.includes('over neverStarted')) return;
      const at = steps.findIndex((s) => s.effects.some((effect) => effect.type === 'stopReading'));
      const heard = steps.slice(0, at < 0 ? steps.length : at).some((s) => s.input === 'outputEnded' && wasSpawned(s));
      expect(at >= 0).toBe(!heard);
    });
  });

  test('the armed timers are those that were armed and not disarmed, each with a generation of its own', () => {
    check((steps) => {
      const generations = steps.flatMap((s) => s.effects.flatMap((e) => (e.type === 'arm' ? [e.generation] : [])));
      expect(generations).toEqual(generations.map((_, index) => index + 1));
      const armed = new Map<string, { generation: number; at: number }>();
      for (const { input, before, after, effects } of steps) {
        const expired = TIMERS.find((name) => input === `${name} elapsed` && save(before).timers[name]);
        if (expired) armed.delete(expired);
        for (const effect of effects) {
          if (effect.type === 'disarm') expect(armed.delete(effect.name)).toBe(true);
          if (effect.type === 'arm') armed.set(effect.name, { generation: effect.generation, at: effect.at });
        }
        expect(save(after).timers).toEqual(Object.fromEntries(armed));
      }
      if (isOver(lastOf(steps))) expect(armed.size).toBe(0);
    });
  });

  test('a saved and restored life steps like the one that was saved', () => {
    check((steps) => {
      for (const { before, input, after, effects } of steps) {
        const saved = JSON.parse(JSON.stringify(save(before)));
        const [copy] = restore(saved, saved.now);
        const [next, same] = step(copy, { ...inputNamed(copy, input), now: save(after).now });
        expect([save(next), same]).toEqual([save(after), effects]);
      }
    });
  });

  test('an expiry that is stale changes nothing but the clock', () => {
    check((steps) => {
      const state = lastOf(steps);
      for (const name of TIMERS) {
        const generation = (save(state).timers[name]?.generation ?? save(state).generation) + 1;
        const [next, effects] = step(state, { type: 'elapsed', name, generation, now: save(state).now });
        expect([save(next), effects]).toEqual([save(state), []]);
      }
    });
  });

  test('stepping leaves the state that was stepped as it was', () => {
    check((steps) => {
      const state = lastOf(steps);
      const before = JSON.stringify(save(state));
      for (const input of INPUT_NAMES) step(state, inputNamed(state, input, 10_000));
      expect(JSON.stringify(save(state))).toBe(before);
    });
  });
});

describe('with fair timers and a spawn that answers', () => {
  test('every life that was asked to end is over after a few timers', () => {
    fc.assert(
      fc.property(inputs, fc.constantFrom('close', 'kill'), (sequence, wish) => {
        let state = lastOf(run([...sequence, [wish, 0]]));
        for (let left = MOST_TIMERS; left > 0 && !isOver(state); left -= 1) state = waitOnce(state);
        expect(isOver(state), JSON.stringify(abstract(state))).toBe(true);
      }),
      RUNS,
    );
  });

  test('a spawned process is over no later than its four durations together after the first wish', () => {
    const { drainMs, graceMs, termMs, reapMs } = PROCESS_QUICK;
    fc.assert(
      fc.property(inputs, anyInputs, fc.constantFrom('close', 'kill'), (before, later, wish) => {
        const state = lastOf(run([['start', 0], ['spawned', 0], ...before]));
        const wished = save(state).now;
        const over = runOnTime(step(state, inputNamed(state, wish, wished))[0], later);
        expect(isOver(over)).toBe(true);
        expect(save(over).now - wished).toBeLessThanOrEqual(drainMs + graceMs + termMs + reapMs);
      }),
      RUNS,
    );
  });

  test('every life in which the process exited is over after a few timers, whoever asked', () => {
    fc.assert(
      fc.property(inputs, (sequence) => {
        let state = lastOf(run([['start', 0], ['spawned', 0], ...sequence, ['exited', 0]]));
        for (let left = MOST_TIMERS; left > 0 && !isOver(state); left -= 1) state = waitOnce(state);
        expect(isOver(state), JSON.stringify(abstract(state))).toBe(true);
      }),
      RUNS,
    );
  });
});

/** Spawned, drain, term, reap: no state waits for more when nothing else happens; grace takes the place of drain. */
const MOST_TIMERS = 4;

/** What the world owes: an answer to a spawn, and the expiry of an armed timer. */
function waitOnce(state: ProcessState): ProcessState {
  const armed = TIMERS.find((name) => save(state).timers[name]);
  return step(state, inputNamed(state, armed ? `${armed} elapsed` : 'spawned', save(state).now))[0];
}

/** Steps these inputs until the life is over, each timer when it is due; after the inputs nothing but timers is left. */
function runOnTime(from: ProcessState, sequence: readonly (readonly [InputName, number])[]): ProcessState {
  const waiting = sequence.filter(([input]) => !input.endsWith('elapsed'));
  let state = from;
  while (!isOver(state)) {
    const { now, timers } = save(state);
    const due = TIMERS.flatMap((name) => (timers[name] ? [{ name, at: timers[name].at }] : []))[0];
    const [input, advance] = waiting[0] ?? ['start', Number.POSITIVE_INFINITY];
    const at = now + Math.max(0, advance);
    if (due && due.at <= at) {
      state = step(state, inputNamed(state, `${due.name} elapsed`, due.at))[0];
    } else if (waiting.shift()) {
      state = step(state, inputNamed(state, input, at))[0];
    } else {
      return state;
    }
  }
  return state;
}

function check(property: (steps: readonly Step[]) => void): void {
  fc.assert(
    fc.property(inputs, (sequence) => property(run(sequence))),
    RUNS,
  );
}

function run(sequence: readonly (readonly [InputName, number])[]): Step[] {
  let before = openProcess(PROCESS_QUICK, 0);
  let now = 0;
  return sequence.map(([input, advance]) => {
    now += advance;
    const [after, effects] = step(before, inputNamed(before, input, now));
    const done = { before, input, after, effects };
    before = after;
    return done;
  });
}

function lastOf(steps: readonly Step[]): ProcessState {
  return steps.at(-1)?.after ?? openProcess(PROCESS_QUICK, 0);
}

function wasSpawned({ before }: Step): boolean {
  const { phase } = abstract(before) as { readonly phase: string };
  return phase !== 'idle' && !phase.startsWith('spawning');
}
