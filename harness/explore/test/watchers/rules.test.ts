import type { Input } from '@mcp-lifeline/core';
import { describe, expect, it } from 'vitest';
import type { Observation } from '../../src/contract.ts';
import { watchersIn } from '../../src/watchers/group.ts';
import { type Rule, type Viewing, watchRules, wrong } from '../../src/watchers/rules.ts';

describe('rules over one view', () => {
  it('judge each step with what was known before, and remember what is known after it', () => {
    const state = watch('opened', 'ended', 'opened');
    expect(state.view).toBe(3);
    expect(GROUP.readings.map(({ violation }) => violation(state))).toEqual([null, null]);
  });

  it('are triggered by the steps that they are about, until that is forgotten', () => {
    const [even, twice] = GROUP.readings;
    expect(even?.triggered(watch('opened'))).toBe(false);
    expect(even?.triggered(watch('opened', 'ended'))).toBe(true);
    expect(twice?.triggered(watch('opened', 'ended'))).toBe(false);
    expect(GROUP.forget(watch('opened', 'ended'))).toEqual(GROUP.forget({ ...watch('opened'), view: 2 }));
  });

  it('tell what is wrong for good, and judge nothing after it', () => {
    const state = watch('gone', 'gone');
    const [even, twice] = GROUP.readings;
    expect(twice?.violation(state)).toBe('gone after 1');
    expect(even?.violation(state)).toBeNull();
    expect(GROUP.see(state, observed('gone'))).toBe(state);
    expect(twice?.violation(GROUP.forget(state))).toBe('gone after 1');
  });

  it('pass over what others do, and begin anew when their part is dead', () => {
    const world: Observation = { part: 'world', what: 'a message gets lost', events: [] };
    const state = watch('opened', 'ended');
    expect(GROUP.see(state, world)).toBe(state);
    expect(GROUP.see(state, observed('opened', 'server')).view).toBe(0);
  });

  it('can be had as watchers of their own, each with the whole memory', () => {
    const watchers = watchersIn(GROUP);
    expect(watchers.map(({ id, title }) => [id, title])).toEqual([
      ['even', 'Every second step ends.'],
      ['twice', 'Nothing is gone twice.'],
    ]);
    const [, twice] = watchers;
    const state = ['gone', 'gone'].reduce((seen, type) => twice?.see(seen, observed(type)) ?? seen, GROUP.initial);
    expect(twice?.violation(state)).toBe('gone after 1');
  });
});

interface Step {
  readonly before: number;
  readonly type: string;
}

const VIEWING: Viewing<number, Step> = {
  initial: 0,
  stepOf: (before, observation) => (observation.part === 'client' ? { before, type: observation.input.type } : null),
  after: ({ before }) => before + 1,
  isDead: (observation) => observation.part === 'server',
};

const RULES: readonly Rule<Step>[] = [
  {
    id: 'even',
    title: 'Every second step ends.',
    source: 'packages/core/README.md',
    judge: ({ before, type }) => (before % 2 === 0 ? null : type === 'opened' ? wrong('it opens') : 'right'),
  },
  {
    id: 'twice',
    title: 'Nothing is gone twice.',
    source: 'packages/core/README.md',
    judge: ({ before, type }) => {
      if (type !== 'gone') return null;
      return before === 0 ? 'right' : wrong(`gone after ${before}`);
    },
  },
];

const GROUP = watchRules(VIEWING, RULES);

function watch(...types: readonly string[]) {
  return types.reduce((state, type) => GROUP.see(state, observed(type)), GROUP.initial);
}

function observed(type: string, part: 'client' | 'server' = 'client'): Observation {
  const input = { type, now: 0 } as Input;
  return { part, input, effects: [], before: null, after: null, events: [] };
}
