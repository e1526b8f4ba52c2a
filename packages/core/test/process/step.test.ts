import { describe, expect, test } from 'vitest';
import {
  abstract,
  isOver,
  LocalProtocolError,
  openProcess,
  PROCESS_DEFAULTS,
  type ProcessInput,
  phase,
  restore,
  save,
  step,
} from '../../src/process/index.ts';
import { live, situation, TIMERS } from './drive.ts';

const running = ['start', 'spawned'] as const;

describe('starting', () => {
  test('a close before the start is the end, and nothing was ever spawned', () => {
    expect(live('close').last).toEqual(['over neverStarted']);
  });

  test('a close while spawning is kept, and leads the process out as soon as it exists', () => {
    expect(live('start', 'close').last).toEqual([]);
    expect(live('start', 'close', 'spawned').last).toEqual(['endInput', 'arm grace']);
  });

  test('a kill while spawning signals nobody before there is somebody', () => {
    expect(live('start', 'kill').last).toEqual([]);
    expect(live('start', 'kill', 'spawned').last).toEqual(['endInput', 'signalGroup SIGKILL', 'arm reap']);
  });

  test('a second close while spawning is a kill', () => {
    expect(phase(live('start', 'close', 'close').state)).toBe('spawning.doomed');
  });

  test('what could not be spawned is over with the reason', () => {
    const [, effects] = step(live('start').state, { type: 'spawnFailed', code: 'ENOENT', now: 0 });
    expect(effects).toEqual([{ type: 'over', how: 'neverStarted', code: null, signal: null, spawnError: 'ENOENT' }]);
  });

  test('nothing is heard of a process before it was spawned', () => {
    expect(situation(live('start', 'outputEnded', 'exited', 'groupGone').state)).toBe('spawning.wanted');
  });
});

describe('the way out', () => {
  test('it is: end input, SIGTERM the group, SIGKILL the group, abandon (2025-11-25/lifecycle/stdio-shutdown)', () => {
    const close = [...running, 'close'] as const;
    expect(live(...close).last).toEqual(['endInput', 'arm grace']);
    expect(live(...close, 'grace elapsed').last).toEqual(['signalGroup SIGTERM', 'arm term']);
    expect(live(...close, 'grace elapsed', 'term elapsed').last).toEqual(['signalGroup SIGKILL', 'arm reap']);
    expect(live(...close, 'grace elapsed', 'term elapsed', 'reap elapsed').last).toEqual([
      'stopReading',
      'over abandoned',
    ]);
  });

  test('a server that ends its output first is led out, not killed (2025-11-25/lifecycle/stdio-server-shutdown)', () => {
    expect(live(...running, 'outputEnded').last).toEqual(['endInput', 'arm grace']);
  });

  test('the first close after a server ended the session itself is not yet a kill', () => {
    expect(live(...running, 'outputEnded', 'close').last).toEqual([]);
    expect(live(...running, 'outputEnded', 'grace elapsed', 'close').last).toEqual([]);
    expect(live(...running, 'outputEnded', 'close', 'close').last).toContain('signalGroup SIGKILL');
  });

  test('the first close after a crash does not cut off the last words', () => {
    expect(live(...running, 'exited', 'close').last).toEqual([]);
  });

  test('a second close is a kill in every state on the way out', () => {
    for (const first of [[], ['grace elapsed'], ['exited']] as const) {
      expect(live(...running, 'close', ...first, 'close').last).toContain('signalGroup SIGKILL');
    }
  });

  test('wishes change nothing once the group was killed', () => {
    const killed = live(...running, 'kill');
    for (const wish of ['close', 'kill'] as const) {
      const again = live(...running, 'kill', wish);
      expect(again.last).toEqual([]);
      expect(save(again.state).timers).toEqual(save(killed.state).timers);
    }
  });

  test('a broken input ends only our half', () => {
    const { state, last } = live(...running, 'inputBroken');
    expect([phase(state), last]).toEqual(['running', []]);
  });

  test('every way out of running ends the input exactly once', () => {
    for (const cause of ['close', 'kill', 'outputEnded', 'exited'] as const) {
      expect(live(...running, cause).last.filter((effect) => effect === 'endInput')).toHaveLength(1);
    }
  });
});

describe('hearing out', () => {
  test('a process is reaped when it exited, its output ended and its group is gone, in any order', () => {
    expect(live(...running, 'exited', 'outputEnded', 'groupGone').last).toContain('over reaped');
    expect(live(...running, 'exited', 'groupGone', 'outputEnded').last).toContain('over reaped');
    expect(live(...running, 'outputEnded', 'exited', 'groupGone').last).toContain('over reaped');
  });

  test('output that a stranger holds open is given up after drainMs', () => {
    expect(live(...running, 'exited', 'groupGone', 'drain elapsed').last).toEqual(['stopReading', 'over reaped']);
  });

  test('descendants that outlive the leader are led out from SIGTERM on', () => {
    expect(live(...running, 'exited', 'drain elapsed').last).toEqual([
      'stopReading',
      'signalGroup SIGTERM',
      'arm term',
    ]);
    expect(live(...running, 'outputEnded', 'exited', 'drain elapsed').last).toEqual([
      'signalGroup SIGTERM',
      'arm term',
    ]);
  });

  test('the last words after a SIGTERM and after a SIGKILL are still heard', () => {
    const ended = ['exited', 'groupGone'] as const;
    for (const way of [['close', 'grace elapsed'], ['kill']] as const) {
      expect(phase(live(...running, ...way, ...ended).state)).toBe('hearingOut');
      expect(live(...running, ...way, ...ended, 'outputEnded').last).toEqual(['disarm drain', 'over reaped']);
    }
  });

  test('a group that is gone is never signalled, for its id may belong to somebody else', () => {
    expect(live(...running, 'exited', 'groupGone', 'kill').last).toEqual([
      'disarm drain',
      'stopReading',
      'over reaped',
    ]);
  });

  test('a group with a living leader is not gone, whoever says so', () => {
    const { state, last } = live(...running, 'close', 'grace elapsed', 'groupGone');
    expect([situation(state), last]).toEqual(['terminating asked', []]);
  });

  test('the first exit counts', () => {
    const { state } = live(...running, 'kill', 'exited');
    const [next, effects] = step(state, { type: 'exited', code: 9, signal: null, now: 0 });
    expect([abstract(next), effects]).toEqual([abstract(state), []]);
  });
});

describe('the end', () => {
  test('it tells how the leader went', () => {
    const [crashed] = step(live(...running).state, { type: 'exited', code: null, signal: 'SIGSEGV', now: 0 });
    const [silent] = step(crashed, { type: 'outputEnded', now: 0 });
    const [, effects] = step(silent, { type: 'groupGone', now: 0 });
    expect(effects.at(-1)).toEqual({ type: 'over', how: 'reaped', code: null, signal: 'SIGSEGV', spawnError: null });
  });

  test('isOver is true in exactly the final states', () => {
    expect(isOver(live('close').state)).toBe(true);
    expect(isOver(live(...running, 'exited', 'outputEnded', 'groupGone').state)).toBe(true);
    expect(isOver(live(...running, 'kill', 'reap elapsed').state)).toBe(true);
    expect(isOver(live(...running, 'kill').state)).toBe(false);
  });
});

describe('time', () => {
  const config = { drainMs: 1, graceMs: 20, termMs: 300, reapMs: 4_000 };
  const start = (now: number) => {
    const [spawning] = step(openProcess(config, now), { type: 'start', now });
    return step(spawning, { type: 'spawned', now })[0];
  };
  const closing = (now: number) => step(start(now), { type: 'close', now })[0];

  test('a due time is the present plus the configured duration', () => {
    const [, effects] = step(start(100), { type: 'close', now: 107 });
    expect(effects).toContainEqual({ type: 'arm', name: 'grace', generation: 1, at: 127 });
    const [, killed] = step(start(100), { type: 'kill', now: 107 });
    expect(killed).toContainEqual({ type: 'arm', name: 'reap', generation: 1, at: 4_107 });
  });

  test('a clock that goes back counts as standing still', () => {
    const [, effects] = step(start(100), { type: 'close', now: 3 });
    expect(effects).toContainEqual({ type: 'arm', name: 'grace', generation: 1, at: 120 });
  });

  test('each arming has a generation of its own, and an expiry of another one is stale', () => {
    const [terminating, effects] = step(closing(0), { type: 'elapsed', name: 'grace', generation: 1, now: 20 });
    expect(effects).toContainEqual({ type: 'arm', name: 'term', generation: 2, at: 320 });
    for (const stale of [1, 3]) {
      const [next, none] = step(terminating, { type: 'elapsed', name: 'term', generation: stale, now: 20 });
      expect([save(next), none]).toEqual([save(terminating), []]);
    }
  });

  test('a timer that was disarmed is stale', () => {
    const [killing] = step(closing(0), { type: 'kill', now: 0 });
    const [next, effects] = step(killing, { type: 'elapsed', name: 'grace', generation: 1, now: 0 });
    expect([save(next), effects]).toEqual([save(killing), []]);
  });

  test('a timer that ran out is not disarmed on the way out of its state', () => {
    const [, effects] = step(closing(0), { type: 'elapsed', name: 'grace', generation: 1, now: 20 });
    expect(effects.map((effect) => effect.type)).not.toContain('disarm');
  });

  test('a restored life arms its timers again, as far ahead on the new clock as they were on the old', () => {
    const [restored, effects] = restore(JSON.parse(JSON.stringify(save(closing(100)))), 5_000);
    expect(effects).toEqual([{ type: 'arm', name: 'grace', generation: 1, at: 5_020 }]);
    const [, next] = step(restored, { type: 'kill', now: 5_001 });
    expect(next).toContainEqual({ type: 'arm', name: 'reap', generation: 2, at: 9_001 });
  });
});

describe('the abstract state', () => {
  test('is the same for two lives that differ in clock, generations and due times alone', () => {
    const late = { ...save(live(...running, 'close').state), now: 77, generation: 9 };
    const [other] = restore({ ...late, timers: { grace: { generation: 9, at: 99 } } }, 1_000);
    expect(abstract(other)).toEqual(abstract(live(...running, 'close').state));
  });

  test('keeps which timers are armed', () => {
    const armed = TIMERS.map((name) => ({ name, timers: { [name]: { generation: 1, at: 1 } } }));
    const { state } = live(...running, 'close');
    for (const { name, timers } of armed) {
      expect(abstract(restore({ ...save(state), timers }, 0)[0])).toMatchObject({ armed: [name] });
    }
  });
});

describe('misuse', () => {
  const state = openProcess(PROCESS_DEFAULTS, 0);

  test('what is no input in any state is refused', () => {
    expect(() => step(state, { type: 'xstate.stop', now: 0 } as unknown as ProcessInput)).toThrow(LocalProtocolError);
  });

  test('a clock that shows no time is refused', () => {
    for (const now of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => openProcess(PROCESS_DEFAULTS, now)).toThrow(LocalProtocolError);
      expect(() => step(state, { type: 'start', now })).toThrow(LocalProtocolError);
    }
  });

  test('a saved state of another format is refused', () => {
    expect(() => restore({ ...save(state), format: 2 as 1 }, 0)).toThrow(LocalProtocolError);
    expect(() => restore({ ...save(state), machine: { ...save(state).machine, value: 'nowhere' } }, 0)).toThrow();
  });
});
