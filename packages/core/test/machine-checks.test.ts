import { describe, expect, test } from 'vitest';
import { and, assign, createMachine, emit, raise } from 'xstate';
import { checkMachine } from '../src/machine-checks.ts';
import { processMachine } from '../src/process/machine.ts';

type Literal = Parameters<typeof createMachine>[0];
type Names = Parameters<typeof createMachine>[1];

/** Untyped on purpose: what the types of `setup` would catch is to be caught at load as well. */
function check(literal: Literal, names: Names = {}): void {
  checkMachine(createMachine({ id: 'bad', ...literal }, names));
}

describe('a machine that can be stepped purely', () => {
  test('is not refused', () => {
    expect(() => checkMachine(processMachine)).not.toThrow();
    expect(() =>
      check(
        { initial: 'a', states: { a: { after: { nap: 'b' }, on: { go: { guard: 'may', actions: 'act' } } }, b: {} } },
        { delays: { nap: 0 }, guards: { may: () => true }, actions: { act: assign({}), say: raise({ type: 'go' }) } },
      ),
    ).not.toThrow();
  });
});

describe('refused at load', () => {
  const cases: readonly (readonly [what: string, literal: Literal, names: Names, why: string])[] = [
    [
      'a delay name that nobody knows, which would fire at once',
      { initial: 'a', states: { a: { after: { nap: 'a' } } } },
      {},
      'bad.a: delay "nap" is unknown',
    ],
    [
      'an unnamed delay',
      { initial: 'a', states: { a: { after: { 500: 'a' } } } },
      { delays: { nap: 0 } },
      'bad.a: delay "500" is unknown',
    ],
    [
      'a delay name that two states use',
      { initial: 'a', states: { a: { after: { nap: 'b' } }, b: { after: { nap: 'a' } } } },
      { delays: { nap: 0 } },
      'delay "nap" belongs to bad.a and bad.b',
    ],
    ['a delay that no state uses', {}, { delays: { nap: 0 } }, 'delay "nap" belongs to no state'],
    [
      'a computed delay',
      { initial: 'a', states: { a: { after: { nap: 'a' } } } },
      { delays: { nap: () => 5 } },
      'delay "nap" has no number',
    ],
    ['an invoked actor', { initial: 'a', states: { a: { invoke: { src: 'other' } } } }, {}, 'bad.a: it invokes'],
    [
      'a history state',
      { initial: 'a', states: { a: { initial: 'b', states: { b: {}, h: { type: 'history' } } } } },
      {},
      'bad.a.h: it is a history state',
    ],
    ['an inline action', { entry: () => {} }, {}, 'bad: an inline action'],
    ['an inline assign', { on: { go: { actions: assign({}) } } }, {}, 'bad: an inline action'],
    ['an inline guard', { on: { go: { guard: () => true } } }, {}, 'bad: an inline guard'],
    ['an action that nobody knows', { exit: ['act'] }, {}, 'bad: action "act" is unknown'],
    ['an action named like a member of every object', { entry: 'toString' }, {}, 'action "toString" is unknown'],
    ['a guard that nobody knows', { always: { guard: { type: 'may' } } }, {}, 'bad: guard "may" is unknown'],
    [
      'computed parameters',
      { entry: { type: 'act', params: () => ({}) } },
      { actions: { act: () => {} } },
      'bad: action "act" has computed parameters',
    ],
    [
      'an inline action on the way to an initial state',
      { initial: { target: 'a', actions: () => {} }, states: { a: {} } },
      {},
      'bad: an inline action',
    ],
    [
      'a built-in action that reaches outside',
      { entry: 'say' },
      { actions: { say: emit({ type: 'x' }) } },
      'action "say" is xstate.emit',
    ],
    [
      'a raise with a delay that is no `after`',
      { entry: 'later' },
      { actions: { later: raise({ type: 'x' }, { delay: 5 }) } },
      'action "later" raises with a delay',
    ],
    [
      'a combined guard',
      { on: { go: { guard: 'both' } } },
      { guards: { both: and([]) } },
      'guard "both" is a combination',
    ],
    ['a wildcard', { on: { '*': {} } }, {}, 'event "*" is not a plain word'],
    ["an event of XState's own", { on: { 'xstate.stop': {} } }, {}, 'event "xstate.stop" is not a plain word'],
    ['a computed context', { context: () => ({}) }, {}, 'its context is computed'],
    [
      '`always` in two regions of a parallel state, whose order is not in the snapshot',
      {
        type: 'parallel',
        states: {
          a: { initial: 'x', states: { x: { always: 'y' }, y: {} } },
          b: { initial: 'x', states: { x: { always: 'y' }, y: {} } },
        },
      },
      {},
      'bad: several regions have `always`',
    ],
  ];

  for (const [what, literal, names, why] of cases) {
    test(what, () => expect(() => check(literal, names)).toThrow(why));
  }

  test('everything that is wrong is named at once', () => {
    const both = () => check({ entry: 'one', exit: 'two' });
    expect(both).toThrow('"one"');
    expect(both).toThrow('"two"');
  });

  test('not: `always` in one region of a parallel state', () => {
    const literal: Literal = {
      type: 'parallel',
      states: { a: { initial: 'x', states: { x: { always: 'y' }, y: {} } }, b: {} },
    };
    expect(() => check(literal)).not.toThrow();
  });
});
