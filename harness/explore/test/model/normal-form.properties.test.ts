import type { Effect } from '@mcp-lifeline/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CONFIGURATIONS } from '../../src/configs.ts';
import type { System } from '../../src/contract.ts';
import { ours } from '../../src/core-under-test.ts';
import { CoreSide } from '../../src/model/core-side.ts';
import { normalForm } from '../../src/model/normal-form.ts';
import type { SessionPart } from '../../src/model/session-part.ts';
import { World } from '../../src/model/world.ts';
import { CountingCore } from './counting-core.ts';
import { walk } from './walk.ts';

const RUNS = { numRuns: 100 };
const picks = fc.array(fc.nat(), { minLength: 10, maxLength: 60, size: 'max' });

/**
 * Where time is bent, so that progress comes late and deadlines overtake each other, a clock that only goes on is no match. And one
 * has no session at all.
 */
const NO_MATCH = ['calls', 'deadlines', 'process'];

describe('a core that is brought into its normal form after each step', () => {
  for (const { id, build } of CONFIGURATIONS.filter((one) => !NO_MATCH.includes(one.id))) {
    test(`asks for what a core asks for that counts on for ever, but for names: ${id}`, () => {
      // Once: what it has stepped it knows.
      const { system, observations } = build();
      fc.assert(
        fc.property(picks, (chosen) => {
          const counting = new Map(partsOf(system).map(({ config }) => [config.role, new CountingCore(config)]));
          for (const step of walk(system, chosen)) {
            for (const seen of observations(step)) {
              if (seen.part !== 'client' && seen.part !== 'server') continue;
              const core = counting.get(seen.part);
              expect(core?.step(seen.input, seen.effects).map(nameless)).toEqual(seen.effects.map(nameless));
              expect(core?.seen).toEqual(seen.after);
            }
          }
        }),
        RUNS,
      );
    });
  }
});

describe('a normal form', () => {
  test('is its own, and restores to what it is of', () => {
    for (const { build } of CONFIGURATIONS) {
      const { system } = build();
      walk(
        system,
        Array.from({ length: 200 }, (_, index) => index * 7919),
      );
      const locals = partsOf(system).flatMap((part) => part.locals.values());
      for (const { saved, state } of locals) {
        expect(ours.save(state)).toEqual(saved);
        expect(normalForm(saved, (id) => id).saved).toEqual(saved);
      }
    }
  });
});

function partsOf(world: System): readonly SessionPart[] {
  if (!(world instanceof World)) throw new Error('it is no world of ours');
  return [world.client, world.server].flatMap((side) => (side instanceof CoreSide ? [side.part] : []));
}

/** Reports quote ids, and timers have times and generations: a clock that goes on has others. */
function nameless(effect: Effect): unknown {
  if (effect.type === 'arm') return { type: 'arm', name: effect.name };
  if (effect.type !== 'report') return effect;
  return { ...effect, fault: { ...effect.fault, got: effect.fault.got.replaceAll(/\d+/g, '#') } };
}
