import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CLIENT_DEFAULTS, type Effect, open, phase, SERVER_DEFAULTS, type State } from '../../src/index.ts';
import { save } from '../../src/saving.ts';
import {
  CLIENT_INPUTS,
  type Inputs,
  nameEffect,
  pathOf,
  SERVER_INPUTS,
  type Step,
  stepNamed,
} from './machine-drive.ts';

const RUNS = { numRuns: 250 };
const common = { info: { name: 'test', version: '0' }, capabilities: { tools: {} }, keepaliveMs: 1_000, pongMs: 300 };

const key = ({ counters }: ReturnType<typeof save>): number => counters.nextId;

/** Beside what the machines hear: calls of ours, which they have to settle. */
const calling: Inputs = {
  called: (saved) => ({ type: 'call', key: key(saved), method: 'custom/work', now: saved.now }),
  cancelled: ({ now, calls }) => ({ type: 'cancel', key: calls[0]?.key ?? -1, now }),
  'requested custom': ({ now, counters }) => {
    const json = { jsonrpc: '2.0', id: counters.nextPeer, method: 'custom/ask' };
    return { type: 'received', json, now };
  },
};

interface Role {
  readonly first: State;
  readonly inputs: Inputs;
  /** Inputs that lead into the deeper states. */
  readonly prefixes: readonly (readonly string[])[];
}

const handshake = ['start', 'opened', 'initialize answered'];
const shaken = ['initialize asked', 'initialized'];
const ROLES: Readonly<Record<string, Role>> = {
  client: {
    first: open({ ...CLIENT_DEFAULTS, ...common }, 0)[0],
    inputs: { ...CLIENT_INPUTS, ...calling },
    prefixes: [[], ['start', 'opened'], handshake, [...handshake, 'keepalive elapsed quiet'], [...handshake, 'called']],
  },
  'server without drain': {
    first: open({ ...SERVER_DEFAULTS, ...common }, 0)[0],
    inputs: { ...SERVER_INPUTS, ...calling },
    prefixes: [[], shaken, [...shaken, 'called', 'requested custom'], [...shaken, 'keepalive elapsed quiet']],
  },
  'server with drain': {
    first: open({ ...SERVER_DEFAULTS, ...common, drainMs: 500 }, 0)[0],
    inputs: { ...SERVER_INPUTS, ...calling },
    prefixes: [[], [...shaken, 'request heard', 'called'], [...shaken, 'requested custom', 'ended']],
  },
};

describe.each(Object.entries(ROLES))('whatever happens to a %s', (_, role) => {
  test('the first cause of its end stays', () => {
    check(role, (steps) => {
      const causes = steps.map((one) => whyOf(one.after)).filter((why) => why !== null);
      expect(new Set(causes).size).toBeLessThanOrEqual(1);
      for (const effect of effectsOf(steps)) {
        if (effect.type === 'phase' && 'why' in effect) expect(effect.why).toBe(causes[0]);
      }
    });
  });

  test('each phase is told once, in order, and with its cause from closing on', () => {
    check(role, (steps) => {
      const order = ['opening', 'negotiating', 'ready', 'closing', 'closed'];
      const told = effectsOf(steps).flatMap((effect) => (effect.type === 'phase' ? [effect] : []));
      const places = told.map((effect) => order.indexOf(effect.phase));
      expect(places).toEqual([...new Set(places)].sort());
      for (const effect of told) expect('why' in effect).toBe(['closing', 'closed'].includes(effect.phase));
      expect(told.at(-1)?.phase ?? 'opening').toBe(phase(lastOf(role, steps)));
    });
  });

  test('closed is for good: nothing more is asked for, but that a call which comes too late is settled', () => {
    check(role, (steps) => {
      for (const { before, input, after, effects } of steps) {
        if (phase(before) !== 'closed') continue;
        expect(pathOf(after)).toBe(pathOf(before));
        const outcomes = effects.map((effect) =>
          effect.type === 'settle' && !effect.outcome.ok ? effect.outcome : effect,
        );
        expect(outcomes).toEqual(input.type === 'call' ? [expect.objectContaining({ sent: false })] : []);
      }
    });
  });

  test('every call settles exactly once, and none is open behind the way out', () => {
    check(role, (steps) => {
      const called = steps.flatMap(({ input }) => (input.type === 'call' ? [input.key] : []));
      const settled = effectsOf(steps).flatMap((effect) => (effect.type === 'settle' ? [effect.key] : []));
      const state = lastOf(role, steps);
      const open = save(state).calls.map((call) => call.key);
      expect([...settled, ...open].sort()).toEqual([...called].sort());
      if (/^(closing|closed|draining|exited|crashed)/.test(pathOf(state))) expect(open).toEqual([]);
    });
  });

  test('every handler is delivered before it is answered or aborted, and none works behind the way out', () => {
    check(role, (steps) => {
      const working = new Set<number>();
      for (const { after, effects } of steps) {
        for (const effect of effects) {
          if (effect.type === 'deliver' && effect.item.kind === 'request') working.add(effect.item.key);
          if (effect.type === 'abort') expect(working.delete(effect.key)).toBe(true);
        }
        const left = save(after).peers.map((request) => request.key);
        for (const one of left) expect(working).toContain(one);
        if (/^(hearingOut|closing|closed|draining|exited|crashed)/.test(pathOf(after))) expect(left).toEqual([]);
      }
    });
  });

  test('the channel is opened once, closed at most once in its own time and at most once now, in this order', () => {
    check(role, (steps) => {
      const modes = effectsOf(steps).flatMap((effect) => (effect.type === 'closeChannel' ? [effect.mode] : []));
      expect([[], ['graceful'], ['now'], ['graceful', 'now']]).toContainEqual(modes);
      const opened = effectsOf(steps).filter((effect) => effect.type === 'openChannel').length;
      expect(opened).toBeLessThanOrEqual(1);
      if (modes.length > 0 && role.inputs['startup elapsed']) expect(opened).toBe(1);
    });
  });

  test('nothing is sent on the way out, where nobody would read it', () => {
    check(role, (steps) => {
      for (const { before, effects } of steps) {
        if (!/^(closing|closed|draining|exited|crashed)/.test(pathOf(before))) continue;
        expect(effects.filter((effect) => effect.type === 'send')).toEqual([]);
      }
    });
  });

  test('one step never asks for the same thing twice', () => {
    check(role, (steps) => {
      for (const { effects } of steps) {
        const names = effects.map((effect) => JSON.stringify(effect));
        expect(names).toEqual([...new Set(names)]);
        const timers = effects.map(nameEffect).filter((name) => /^(dis)?arm /.test(name));
        expect(timers).toEqual([...new Set(timers)]);
      }
    });
  });

  test('effects come in order: delivered, settled, told of the phase, exited; disarmed before armed', () => {
    check(role, (steps) => {
      for (const { effects } of steps) {
        const names = effects.map(nameEffect);
        inOrder(names, /^deliver /, /^settle /);
        inOrder(names, /^settle /, /^closeChannel /);
        inOrder(names, /^abort /, /^cleanUp /);
        inOrder(names, /^(settle|abort|closeChannel|cleanUp|disarm|arm|send|deliver)/, /^phase /);
        inOrder(names, /^disarm /, /^arm /);
        inOrder(names, /./, /^exit /);
      }
    });
  });

  test('the timers that are armed are those that were armed, each with one owner, and none is once it is closed', () => {
    check(role, (steps) => {
      const generations = effectsOf(steps).flatMap((effect) => (effect.type === 'arm' ? [effect.generation] : []));
      expect(generations).toEqual([...new Set(generations)].sort((a, b) => a - b));
      const armed = new Map<string, { readonly generation: number; readonly at: number }>();
      for (const { before, input, after, effects } of steps) {
        if (input.type === 'elapsed' && save(before).timers[input.name]?.generation === input.generation) {
          armed.delete(input.name);
        }
        for (const effect of effects) {
          if (effect.type === 'disarm') expect(armed.delete(effect.name)).toBe(true);
          if (effect.type === 'arm') armed.set(effect.name, { generation: effect.generation, at: effect.at });
        }
        expect(save(after).timers).toEqual(Object.fromEntries(armed));
        for (const name of armed.keys()) expect(pathOf(after)).toMatch(OWNERS[name] ?? 'nobody');
      }
    });
  });

  test('an expiry that is stale changes nothing', () => {
    check(role, (steps) => {
      const state = lastOf(role, steps);
      const saved = save(state);
      for (const name of Object.keys(OWNERS) as (keyof typeof saved.timers)[]) {
        const generation = (saved.timers[name]?.generation ?? saved.counters.generation) + 1;
        const stale: Inputs = { late: ({ now }) => ({ type: 'elapsed', name, generation, heard: 0, now }) };
        const { after, effects } = stepNamed(state, stale, 'late');
        expect([save(after), effects]).toEqual([saved, []]);
      }
    });
  });

  test('once it was asked to close and its channel and timers do their part, it is closed', () => {
    check(role, (steps) => {
      let state = lastOf(role, steps);
      if (phase(state) !== 'closed') state = stepNamed(state, role.inputs, 'close').after;
      for (let left = MOST_TIMERS; left > 0 && phase(state) !== 'closed'; left -= 1) {
        const armed = (['hearOut', 'drain', 'cleanUp', 'closing'] as const).find((name) => save(state).timers[name]);
        state = stepNamed(state, role.inputs, `${armed} elapsed`).after;
      }
      expect(phase(state)).toBe('closed');
    });
  });
});

describe.each(Object.entries(ROLES).filter(([name]) => name !== 'client'))('whatever happens to a %s', (_, role) => {
  test('clean-up runs once on every graceful way out, and never after a kill or what nobody caught', () => {
    check(role, (steps) => {
      const cleanUps = effectsOf(steps).filter((effect) => effect.type === 'cleanUp').length;
      const state = lastOf(role, steps);
      const last = steps.find(({ after }) => phase(after) === 'closed');
      const wasDraining = steps.some(({ after }) => pathOf(after) === 'draining');
      expect(cleanUps).toBe(wasDraining ? 1 : 0);
      if (last === undefined) return;
      for (const { effects, input } of steps) {
        if (['uncaught', 'kill'].includes(input.type)) expect(effects.map(({ type }) => type)).not.toContain('cleanUp');
      }
      const isGraceful = last.effects.some((effect) => effect.type === 'exit' && effect.code === 0);
      if (isGraceful) expect([cleanUps, last.input.type]).toEqual([1, 'cleanedUp']);
      expect(phase(state)).toBe('closed');
    });
  });

  test('exit is asked for once, last of all, and exactly when it is closed', () => {
    check(role, (steps) => {
      for (const { before, after, effects } of steps) {
        const exits = effects.flatMap((effect, index) => (effect.type === 'exit' ? [index] : []));
        const ends = phase(before) !== 'closed' && phase(after) === 'closed';
        expect(exits).toEqual(ends ? [effects.length - 1] : []);
      }
    });
  });
});

/** By which states each timer is owned. */
const OWNERS: Readonly<Record<string, RegExp>> = {
  startup: /^starting\./,
  slowStart: /^starting\./,
  keepalive: /ready\.quiet$/,
  pong: /ready\.pinging$/,
  calls: /^(starting\.negotiating|ready\.|hearingOut|serving\.(answered|ready)|finishing)/,
  hearOut: /^hearingOut$/,
  drain: /^finishing$/,
  cleanUp: /^draining$/,
  closing: /^closing\./,
};

/** Hearing out or draining, then closing or cleaning up. */
const MOST_TIMERS = 2;

function check(role: Role, property: (steps: readonly Step[]) => void): void {
  const anyInput = fc.constantFrom(...Object.keys(role.inputs));
  const sequence = fc.array(fc.tuple(anyInput, fc.integer({ min: 0, max: 400 })), { maxLength: 25 });
  fc.assert(
    fc.property(fc.constantFrom(...role.prefixes), sequence, (prefix, rest) => {
      const all = [...prefix.map((name) => [name, 0] as const), ...rest];
      const steps: Step[] = [];
      for (const [name, later] of all) {
        steps.push(stepNamed(steps.at(-1)?.after ?? role.first, role.inputs, name, later));
      }
      property(steps);
    }),
    RUNS,
  );
}

function lastOf(role: Role, steps: readonly Step[]): State {
  return steps.at(-1)?.after ?? role.first;
}

function effectsOf(steps: readonly Step[]): Effect[] {
  return steps.flatMap((one) => one.effects);
}

function whyOf(state: State): string | null {
  return save(state).machine.context.why;
}

/** Whatever is named by `later` comes after everything that is named by `earlier` alone. */
function inOrder(names: readonly string[], earlier: RegExp, later: RegExp): void {
  const first = names.findIndex((name) => later.test(name));
  if (first < 0) return;
  expect(names.slice(first + 1).filter((name) => earlier.test(name) && !later.test(name))).toEqual([]);
}
