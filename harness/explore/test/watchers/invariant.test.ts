import type { Effect, Json } from '@mcp-lifeline/core';
import type { Invariant } from '@mcp-lifeline/specs';
import type { TraceEvent } from '@mcp-lifeline/trace';
import { describe, expect, it } from 'vitest';
import type { Observation } from '../../src/contract.ts';
import { carry } from '../../src/watchers/invariant.ts';

describe('an invariant that is carried along', () => {
  it('takes in the events of each observation in their order, and is broken as soon as its verdict says so', () => {
    const group = carry(noThird, { at: 'client' });
    const [reading] = group.readings;
    const two = group.see(group.initial, observed([crossing(), crossing()]));
    expect([reading?.violation(two), reading?.triggered(two)]).toEqual([null, true]);
    const three = group.see(two, observed([crossing()]));
    expect(reading?.violation(three)).toBe('expected two at most, observed 3');
    expect(group.see(three, observed([crossing()]))).toEqual(three);
    expect(reading?.violation(group.forget(three))).not.toBeNull();
  });

  it('is not triggered before it was put to the question', () => {
    const group = carry(noThird, { at: 'client' });
    expect(group.readings[0]?.triggered(group.see(group.initial, observed([])))).toBe(false);
  });

  it('gets the events of its own end alone', () => {
    const group = carry(noThird, { at: 'server' });
    const state = group.see(group.initial, observed([crossing(), crossing(), crossing()]));
    expect(state).toEqual(group.initial);
  });

  it('forgets what it is told to forget, and what only tells that it held', () => {
    const trim = (memory: Json): Json => Math.min(memory as number, 2);
    const forget = (): Json => 0;
    const group = carry(noThird, { at: 'client', trim, forget });
    const state = group.see(group.initial, observed([crossing(), crossing(), crossing()]));
    expect(state.memory).toBe(2);
    expect(group.forget(state).memory).toBe(0);
  });

  it('has nothing more to say once its end has closed the channel, where it is told so', () => {
    const group = carry(noThird, { at: 'client', endsWithChannel: true });
    const closing: Effect = { type: 'closeChannel', mode: 'graceful' };
    const closed = group.see(group.initial, observed([crossing(), crossing()], [closing]));
    expect(closed).toEqual({ memory: null, broken: null });
    expect(group.see(closed, observed([crossing(), crossing(), crossing()]))).toEqual(closed);
    const late = group.see(group.initial, observed([crossing(), crossing(), crossing()], [closing]));
    expect(group.readings[0]?.violation(late)).not.toBeNull();
  });

  it('has nothing more to say of a server whose process has exited', () => {
    const group = carry(noThird, { at: 'server' });
    const exited: Observation = {
      part: 'process',
      input: { type: 'exited', code: 0, signal: null, now: 0 },
      effects: [],
      before: null,
      after: null,
      events: [],
    };
    expect(group.see(group.initial, exited)).toEqual({ memory: null, broken: null });
  });
});

/** At most two messages cross. */
const noThird: Invariant<unknown> = {
  id: 'no-third',
  title: 'at most two messages cross',
  level: () => 'MUST',
  clauses: () => [],
  needs: [],
  initial: 0,
  see: (count) => (count as number) + 1,
  verdict: (count) => {
    if (count === 0) return { found: 'nothing', lacking: 'handshake', why: 'nothing crossed' };
    const found = (count as number) > 2 ? 'broken' : 'held';
    return { found, expected: 'two at most', observed: String(count), evidence: [] };
  },
};

function observed(events: readonly TraceEvent[], effects: readonly Effect[] = []): Observation {
  return { part: 'client', input: { type: 'opened', now: 0 }, effects, before: null, after: null, events };
}

function crossing(): TraceEvent {
  return { seq: 0, t: 0, at: 'client', plane: 'wire', kind: 'sent', message: {}, bytes: 2 };
}
