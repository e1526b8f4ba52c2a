import { describe, expect, test } from 'vitest';
import { assign, createMachine, raise, setup } from 'xstate';
import { type PureMachine, purify } from '../src/pure-xstate.ts';

type Context = { readonly count: number };
type Lamp = {
  context: Context;
  event: { readonly type: 'on' | 'off' | 'again' | 'count' | 'nudge' | 'end' | 'unheard' };
  action: { readonly name: string; readonly params: unknown };
  delay: 'burn' | 'cool';
  tag: 'lit' | 'alive';
};

const lampMachine = setup({
  types: { context: {} as Context, events: {} as Lamp['event'], tags: {} as Lamp['tag'] },
  actions: {
    leave: () => {},
    move: () => {},
    enter: (_, _params: { readonly watts: number }) => {},
    click: () => {},
    tally: assign(({ context }) => ({ count: context.count + 1 })),
    pushOff: raise({ type: 'off' }),
  },
  delays: { burn: 0, cool: 0 },
}).createMachine({
  id: 'lamp',
  context: { count: 0 },
  initial: 'dark',
  entry: 'click',
  on: { end: '.gone', unheard: {} },
  states: {
    dark: { tags: ['alive'], on: { on: { target: 'lit', actions: 'move' }, count: { actions: 'tally' } } },
    lit: {
      tags: ['alive'],
      initial: 'warm',
      exit: 'leave',
      on: { off: { target: 'dark', actions: 'move' }, nudge: { actions: 'pushOff' } },
      states: {
        warm: {
          tags: ['lit'],
          entry: { type: 'enter', params: { watts: 5 } },
          exit: 'leave',
          on: { again: { target: 'warm', reenter: true } },
          after: { burn: 'hot' },
        },
        hot: { tags: ['lit'], after: { cool: { target: 'warm', actions: 'move' } } },
      },
    },
    gone: { type: 'final', entry: 'click' },
  },
});

const lamp: PureMachine<Lamp> = purify<Lamp>(lampMachine);
const [dark] = lamp.start();
const [warm, lighting] = lamp.step(dark, { type: 'on' });
const [hot] = lamp.elapse(warm, 'burn');

/** Its guard reads a fact that rides on the expiry of its timer. */
type Watcher = Omit<Lamp, 'event' | 'delay'> & { event: { readonly type: 'end' }; delay: 'look' };

const watcher: PureMachine<Watcher> = purify<Watcher>(
  setup({
    types: { context: {} as Context, events: {} as Watcher['event'] },
    guards: { isDark: ({ event }) => (event as { readonly dark?: boolean }).dark === true },
    actions: { click: () => {} },
    delays: { look: 0 },
  }).createMachine({
    id: 'watcher',
    context: { count: 0 },
    initial: 'watching',
    on: { end: '.gone' },
    states: {
      watching: { after: { look: { guard: 'isDark', target: 'lighting' } } },
      lighting: { entry: 'click' },
      gone: { type: 'final' },
    },
  }),
);

const action = (name: string, params?: unknown) => ({ type: 'action', name, params });

describe('stepping', () => {
  test('starting asks for the entry actions', () => {
    expect(lamp.start()[1]).toEqual([action('click')]);
  });

  test('actions come as data: those of the transition, of the entry, then the timer armed', () => {
    expect(lighting).toEqual([action('move'), action('enter', { watts: 5 }), { type: 'arm', delay: 'burn' }]);
  });

  test('leaving asks for the exit actions, innermost first, the timer disarmed with its state', () => {
    const [next, actions] = lamp.step(warm, { type: 'off' });
    expect(lamp.path(next)).toBe('dark');
    expect(actions).toEqual([action('leave'), { type: 'disarm', delay: 'burn' }, action('leave'), action('move')]);
  });

  test('re-entering a state disarms its timer before it is armed anew', () => {
    expect(lamp.step(warm, { type: 'again' })[1]).toEqual([
      action('leave'),
      { type: 'disarm', delay: 'burn' },
      action('enter', { watts: 5 }),
      { type: 'arm', delay: 'burn' },
    ]);
  });

  test('a timer is named by its delay; one that no present state waits for changes nothing', () => {
    expect(lamp.path(hot)).toBe('lit.hot');
    expect(lamp.elapse(hot, 'burn')).toEqual([hot, []]);
  });

  test('the facts of an expiry are there for the guards, and cannot be mistaken for its event', () => {
    const [still] = watcher.start();
    for (const facts of [undefined, {}, { dark: false }]) expect(watcher.elapse(still, 'look', facts)[1]).toEqual([]);
    const [next, actions] = watcher.elapse(still, 'look', { dark: true, type: 'end' });
    expect([watcher.path(next), actions]).toEqual(['lighting', [{ type: 'disarm', delay: 'look' }, action('click')]]);
  });

  test('assigning changes the context and asks for nothing', () => {
    const [next, actions] = lamp.step(dark, { type: 'count' });
    expect([next.context, actions, dark.context]).toEqual([{ count: 1 }, [], { count: 0 }]);
  });

  test('a raise without delay is done within the step and not reported', () => {
    const [next, actions] = lamp.step(hot, { type: 'nudge' });
    expect(lamp.path(next)).toBe('dark');
    expect(actions).toEqual([{ type: 'disarm', delay: 'cool' }, action('leave'), action('move')]);
  });

  test('a finished machine ignores events', () => {
    const [gone] = lamp.step(dark, { type: 'end' });
    expect(gone.status).toBe('done');
    for (const type of ['end', 'on', 'unheard'] as const) expect(lamp.step(gone, { type })).toEqual([gone, []]);
    expect(lamp.elapse(gone, 'burn')).toEqual([gone, []]);
  });

  test('steps share one scope and still do not see one another', () => {
    const first = lamp.step(dark, { type: 'on' });
    lamp.step(warm, { type: 'off' });
    expect(first[1]).toEqual(lighting);
  });
});

describe('the closed set of events', () => {
  for (const type of [
    'xstate.stop',
    'xstate.after.burn.lamp.lit.warm',
    'xstate.error.actor.x',
    'tools/call',
    '*',
    '',
  ]) {
    test(`${JSON.stringify(type)} is refused`, () => {
      expect(() => lamp.step(warm, { type } as unknown as Lamp['event'])).toThrow('has no event');
    });
  }

  test('so is an unknown timer', () => {
    expect(() => lamp.elapse(warm, 'other' as 'burn')).toThrow('has no delay');
  });
});

describe('a machine that cannot be stepped purely', () => {
  test('is refused when it is loaded (which ones: machine-checks.test.ts)', () => {
    expect(() => purify(createMachine({ entry: () => {} }))).toThrow('an inline action');
  });
});

describe('a machine without end', () => {
  test('is stopped after a bounded number of microsteps', () => {
    const spinning = setup({ types: { events: {} as { type: 'go' } } }).createMachine({
      initial: 'still',
      states: { still: { on: { go: 'a' } }, a: { always: 'b' }, b: { always: 'a' } },
    });
    const pure = purify(spinning);
    expect(() => pure.step(pure.start()[0], { type: 'go' })).toThrow('Infinite loop');
  });
});

describe('tags and paths', () => {
  test('the tags are those of the state and its ancestors', () => {
    expect([...lamp.tags(warm)].sort()).toEqual(['alive', 'lit']);
    expect([...lamp.tags(dark)]).toEqual(['alive']);
  });

  test('parallel regions are all in the path and in the tags', () => {
    const pure = purify(
      setup({ types: { tags: {} as 'x' | 'y' } }).createMachine({
        type: 'parallel',
        states: { left: { tags: 'x' }, right: { initial: 'one', states: { one: { tags: 'y' } } } },
      }),
    );
    const [both] = pure.start();
    expect(pure.path(both)).toBe('left & right.one');
    expect([...pure.tags(both)].sort()).toEqual(['x', 'y']);
  });
});

describe('saving', () => {
  test('a snapshot survives JSON and steps on as if nothing had happened', () => {
    const [counted] = lamp.step(dark, { type: 'count' });
    for (const snapshot of [counted, warm, hot]) {
      const restored = lamp.restore(JSON.parse(JSON.stringify(lamp.save(snapshot))));
      for (const type of ['on', 'off', 'again', 'count', 'nudge', 'end'] as const) {
        const [next, actions] = lamp.step(restored, { type });
        const [same, asked] = lamp.step(snapshot, { type });
        expect([lamp.save(next), actions]).toEqual([lamp.save(same), asked]);
      }
    }
  });

  test('a finished snapshot is finished after it', () => {
    const [gone] = lamp.step(dark, { type: 'end' });
    expect(lamp.save(gone)).toEqual({ value: 'gone', context: { count: 0 }, done: true });
    expect(lamp.restore(lamp.save(gone)).status).toBe('done');
  });

  test('a state that the machine does not have is refused', () => {
    expect(() => lamp.restore({ value: 'nowhere', context: { count: 0 }, done: false })).toThrow();
  });
});
