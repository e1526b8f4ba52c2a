import type { ProcessTimer } from '@mcp-lifeline/core/process';
import { clausesOf, REVISIONS } from '@mcp-lifeline/specs';
import { describe, expect, test } from 'vitest';
import { type CoreUnderTest, ours } from '../../src/core-under-test.ts';
import { TIMERS } from '../../src/model/normal-form.ts';
import { CLIENT_TIMES, PROCESS_TIMES, SERVER_TIMES } from '../../src/timed/durations.ts';
import { TIMED } from '../../src/timed/index.ts';
import {
  configured,
  deafTo,
  guarded,
  kept,
  keptInProcess,
  processConfigured,
  rearmedByTraffic,
  resentful,
  shifted,
  shiftedInProcess,
  without,
  withProcessEffects,
} from './broken-cores.ts';

const PROCESS_TIMERS: readonly ProcessTimer[] = ['drain', 'grace', 'term', 'reap'];
const { hearOutMs, keepaliveMs, startupMs } = CLIENT_TIMES;

/** For each property a core that breaks what it is about. */
const BREAKERS: Readonly<Record<string, CoreUnderTest>> = {
  'startup.budget': rearmedByTraffic('startup', startupMs),
  'startup.expiry': shifted('startup', -1),
  'startup.disarmed': kept('startup'),
  'slow-start.notice': without('report', 'slowStart'),
  'hear-out.expiry': rearmedByTraffic('hearOut', hearOutMs),
  'hear-out.answers': without('settle', '"ok":true'),
  'hear-out.disarmed': kept('hearOut'),
  'closing.expiry': without('closeChannel', 'now'),
  'closing.forced': guarded('isForced', false),
  'closing.disarmed': kept('closing'),
  'server.patience': without('openChannel'),
  'drain.expiry': shifted('drain', 1),
  'drain.none': guarded('drains', true),
  'drain.answered': kept('drain'),
  'drain.cut': guarded('isFirstClose', false),
  'clean-up.deadline': configured((config) => (config.role === 'client' ? config : { ...config, cleanUpMs: 1_512 })),
  'clean-up.patience': guarded('isFirstSignal', false),
  'clean-up.done': kept('cleanUp'),
  ...forBothRoles({
    'keepalive.interval': shifted('keepalive', -1),
    'keepalive.traffic': rearmedByTraffic('keepalive', keepaliveMs),
    'keepalive.off': configured((config) => ({ ...config, keepaliveMs: config.keepaliveMs ?? 30_000 })),
    'keepalive.busy': guarded('isQuiet', true),
    'keepalive.begin': shifted('keepalive', 1),
    'pong.sign': kept('pong'),
    'pong.miss': without('report', 'missedPong'),
    'pong.busy': guarded('isBusy', false),
    'misses.last': configured((config) => ({ ...config, misses: config.misses + 1 })),
    'misses.forgotten': resentful(),
    'misses.end': kept('pong'),
    'call.timeout': configured((config) => ({ ...config, requestTimeoutMs: config.requestTimeoutMs + 51 })),
    'call.own-timeout': {
      ...ours,
      step(state, input) {
        if (input.type !== 'call') return ours.step(state, input);
        const { timeoutMs: _, ...rest } = input;
        return ours.step(state, rest);
      },
    },
    'call.progress': deafTo('notifications/progress'),
    'call.maximum': configured((config) => ({ ...config, maxTotalTimeoutMs: 2 * config.maxTotalTimeoutMs })),
    'call.sweep': shifted('calls', 50),
    'call.answered': deafTo('"result":{}}'),
  }),
  'ladder.whole': withProcessEffects((effects) => effects.filter(({ type }) => type !== 'signalGroup')),
  'ladder.none': { ...ours, isOver: (state) => ours.phaseOfProcess(state) !== 'neverStarted' && ours.isOver(state) },
  'grace.expiry': shiftedInProcess('grace', -1),
  'grace.left': keptInProcess('grace'),
  'term.expiry': shiftedInProcess('term', -1),
  'term.left': keptInProcess('term'),
  'reap.expiry': shiftedInProcess('reap', 1),
  'reap.left': keptInProcess('reap'),
  'drain.process.expiry': shiftedInProcess('drain', -1),
  'drain.process.left': keptInProcess('drain'),
  'clock.restored': { ...ours, restore: (saved, now) => ours.restore(saved, now + 1) },
  'clock.backwards': { ...ours, open: (config, now) => ours.open(config, now - 10_000) },
  'clock.stale': {
    ...ours,
    step(state, input) {
      if (input.type !== 'elapsed') return ours.step(state, input);
      return ours.step(state, { ...input, generation: ours.save(state).timers[input.name]?.generation ?? -1 });
    },
  },
};

describe('the timed properties', () => {
  test.each(TIMED)('$id holds for our core', (property) => {
    expect(property.judge(ours)).toBeNull();
  });

  test.each(TIMED)('$id is broken by a core that breaks what it is about', ({ id, judge }) => {
    expect(judge(BREAKERS[id] ?? ours)).toEqual(expect.any(String));
  });

  test('have ids of their own, titles, and sources that exist', () => {
    const ids = TIMED.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
    expect(Object.keys(BREAKERS).sort()).toEqual([...ids].sort());
    const clauses = REVISIONS.flatMap((revision) => clausesOf(revision).map((clause) => clause.id as string));
    for (const { title, source } of TIMED) {
      expect(title).toMatch(/^[A-Z].* .*[^.]$/);
      if (!source.startsWith('docs/')) expect(clauses).toContain(source);
    }
  });

  test('take what a core throws for a broken promise', () => {
    const throwing: CoreUnderTest = {
      ...ours,
      step: () => {
        throw new Error('no step today');
      },
    };
    expect(TIMED[0]?.judge(throwing)).toBe('no step today');
  });
});

describe('no timer is a millisecond early or late without a word', () => {
  test.each(TIMERS)('%s of a session', (name) => {
    for (const byMs of [-1, 1]) expect(brokenBy(shifted(name, byMs))).not.toEqual([]);
    expect(brokenBy(kept(name))).not.toEqual([]);
  });

  test.each(PROCESS_TIMERS)('%s of a process', (name) => {
    for (const byMs of [-1, 1]) expect(brokenBy(shiftedInProcess(name, byMs))).not.toEqual([]);
    expect(brokenBy(keptInProcess(name))).not.toEqual([]);
  });
});

describe('no two options can be mixed up without a word', () => {
  test.each(pairsOf(durationsOf(CLIENT_TIMES)))('%s and %s of a client', (one, other) => {
    const swapped = configured((config) => (config.role === 'client' ? swap(config, one, other) : config));
    expect(brokenBy(swapped)).not.toEqual([]);
  });

  test.each(pairsOf(durationsOf(SERVER_TIMES)))('%s and %s of a server', (one, other) => {
    const swapped = configured((config) => (config.role === 'server' ? swap(config, one, other) : config));
    expect(brokenBy(swapped)).not.toEqual([]);
  });

  test.each(pairsOf(durationsOf(PROCESS_TIMES)))('%s and %s of a process', (one, other) => {
    expect(brokenBy(processConfigured((config) => swap(config, one, other)))).not.toEqual([]);
  });
});

function forBothRoles(of: Readonly<Record<string, CoreUnderTest>>): Readonly<Record<string, CoreUnderTest>> {
  return Object.fromEntries(
    Object.entries(of).flatMap(([id, core]) => ['client', 'server'].map((role) => [`${role}.${id}`, core])),
  );
}

function brokenBy(core: CoreUnderTest): readonly string[] {
  return TIMED.filter(({ judge }) => judge(core) !== null).map(({ id }) => id);
}

function durationsOf(config: object): readonly string[] {
  return Object.keys(config).filter((name) => name.endsWith('Ms'));
}

function pairsOf(names: readonly string[]): readonly (readonly [string, string])[] {
  return names.flatMap((one, place) => names.slice(place + 1).map((other) => [one, other] as const));
}

function swap<C extends object>(config: C, one: string, other: string): C {
  const values = config as Readonly<Record<string, unknown>>;
  return { ...config, [one]: values[other], [other]: values[one] };
}
