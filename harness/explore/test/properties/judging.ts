import type { Json } from '@mcp-lifeline/core';
import { describe, expect, it } from 'vitest';
import type { Observation } from '../../src/contract.ts';
import type { WatcherGroup } from '../../src/properties/index.ts';
import { sessionRules } from '../../src/properties/session/index.ts';
import { watchRules } from '../../src/watchers/rules.ts';
import { viewSession } from '../../src/watchers/session/viewing.ts';
import type { Happening, Played, Spoil } from './played.ts';

/** One way to break a rule: a life up to a step, the step, and how what it asks for is spoiled. */
export type Case = readonly [
  id: string,
  broken: string,
  before: () => Played,
  happening: Happening | ((played: Played) => Happening),
  spoil: Spoil,
];

/** Tests that each rule holds of the step as it is, is put to the question by it, and is broken by the spoiled one. */
export function testRules(cases: readonly Case[]): void {
  describe.each([...new Set(cases.map(([id]) => id))])('%s', (id) => {
    for (const [, broken, before, happening, spoil] of cases.filter((one) => one[0] === id)) {
      it(`holds, and is broken by ${broken}`, () => {
        const right = before();
        right.feed(happeningOf(happening, right));
        expect(judge(right, id)).toEqual({ violation: null, triggered: true });
        expect(violations(right)).toEqual([]);
        const wrong = before();
        wrong.feed(happeningOf(happening, wrong), spoil);
        expect(judge(wrong, id).violation).not.toBeNull();
      });
    }
  });
}

/** Tests that each rule is broken by a step that it says nothing of as it is. */
export function testStrays(cases: readonly Case[]): void {
  it.each(cases)('%s is broken by %s', (id, _, before, happening, spoil) => {
    const right = before();
    right.feed(happeningOf(happening, right));
    expect(violations(right)).toEqual([]);
    const wrong = before();
    wrong.feed(happeningOf(happening, wrong), spoil);
    expect(judge(wrong, id).violation).not.toBeNull();
  });
}

/** What a rule says of a whole life, and whether it was put to the question in its last step. */
export function judge(played: Played, id: string): { readonly violation: string | null; readonly triggered: boolean } {
  return judgeBy(groupFor(played), played.observations, id);
}

/** All that is wrong with a whole life. */
export function violations(played: Played): readonly string[] {
  const { initial, see, readings } = groupFor(played);
  const state = played.observations.reduce(see, initial);
  return readings.flatMap(({ id, violation }) => {
    const wrong = violation(state);
    return wrong === null ? [] : [`${id}: ${wrong}`];
  });
}

/** The same by any group. */
export function judgeBy(
  group: WatcherGroup,
  observations: readonly Observation[],
  id: string,
): { readonly violation: string | null; readonly triggered: boolean } {
  const reading = group.readings.find((one) => one.id === id);
  if (reading === undefined) throw new Error(`no rule ${id}`);
  let state: Json = group.initial;
  for (const observation of observations) state = group.see(group.forget(state), observation);
  return { violation: reading.violation(state), triggered: reading.triggered(state) };
}

function groupFor({ config }: Played): WatcherGroup {
  return watchRules(viewSession(config, true), sessionRules(config, true)) as unknown as WatcherGroup;
}

function happeningOf(happening: Case[3], played: Played): Happening {
  return typeof happening === 'function' ? happening(played) : happening;
}
