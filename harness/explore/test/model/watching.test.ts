import { describe, expect, test } from 'vitest';
import type { Observation } from '../../src/contract.ts';
import { Watching } from '../../src/model/watching.ts';
import { wireId } from '../../src/model/wire-ids.ts';
import type { WatcherGroup } from '../../src/watchers/group.ts';

describe('watchers in a world', () => {
  test('see each observation once from each memory, whoever else remembers what', () => {
    let asked = 0;
    const counting = parity(() => {
      asked += 1;
    });
    const watching = new Watching([counting, last()]);
    const [one, other] = [watching.observation(world('one')), watching.observation(world('other'))];
    let memories = watching.initial();
    for (let turn = 0; turn < 10; turn += 1) {
      memories = watching.see(memories, turn % 3 === 0 ? one : other);
    }
    // Two memories, and two observations.
    expect(asked).toBe(4);
  });

  test('remember as one number, which is the same for the same memories', () => {
    const watching = new Watching([parity()]);
    const one = watching.observation(world('one'));
    const odd = watching.see(watching.initial(), one);
    expect([odd === watching.initial(), watching.see(odd, one) === watching.initial()]).toEqual([false, true]);
  });

  test('tell what is wrong, and that they were put to the test, though they forget it', () => {
    const watching = new Watching([last()]);
    const [group] = watching.groups;
    const memories = watching.see(watching.initial(), watching.observation(world('wrong')));
    expect(group?.violation(watching.memory(memories, 0), 0)).toBe('it went wrong');
    expect([group?.hasTriggered(0), group?.state(watching.memory(memories, 0))]).toEqual([true, 'wrong']);
    const next = watching.see(watching.initial(), watching.observation(world('right')));
    expect(group?.violation(watching.memory(next, 0), 0)).toBeNull();
    expect(group?.state(watching.memory(next, 0))).toBe('');
  });

  test('keep the names of requests that they remember from being used again', () => {
    const watching = new Watching([last()]);
    const memories = watching.see(watching.initial(), watching.observation(world(`wrong ${wireId('server', 7)}`)));
    expect(watching.slots(memories)).toEqual({ client: 0, server: 1 << 7 });
  });
});

function world(what: string): Observation {
  return { part: 'world', what, events: [] };
}

/** Remembers whether it saw an odd number of things. */
function parity(asked: () => void = () => {}): WatcherGroup {
  return {
    initial: false,
    see: (state) => {
      asked();
      return state !== true;
    },
    forget: (state) => state,
    readings: [],
  };
}

/** Remembers what happened last where that was wrong; what was right it forgets. */
function last(): WatcherGroup {
  return {
    initial: '',
    see: (_, observation) => (observation.part === 'world' ? observation.what : ''),
    forget: (state) => (String(state).startsWith('wrong') ? state : ''),
    readings: [
      {
        id: 'right',
        title: 'All is right',
        source: 'packages/core/README.md',
        violation: (state) => (String(state).startsWith('wrong') ? 'it went wrong' : null),
        triggered: (state) => state !== '',
      },
    ],
  };
}
