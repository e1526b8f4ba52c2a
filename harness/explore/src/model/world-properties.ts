import type { Property } from '../contract.js';
import { witnessOf } from '../exploration.js';
import type { EventualProperty, StateProperty } from '../properties/property.js';
import { WATCHERS } from './frame.js';
import { PartsTable } from './parts-table.js';
import type { World } from './world.js';

/**
 * What must hold of a world, as an explorer asks for it: all that its watchers read, with a witness each, what must hold of every
 * state, and what must come.
 */
export function propertiesOf(
  world: World,
  states: readonly StateProperty[],
  eventual: readonly EventualProperty[],
): readonly Property[] {
  const parts = new PartsTable(world, states, eventual);
  return [
    ...watchedProperties(world),
    ...states.flatMap(({ id, title }, index): Property[] => [
      { kind: 'always', id, title, violation: (row) => parts.violation(row, index) },
      { kind: 'sometimes', id: witnessOf(id), title, seen: (row) => parts.hasTriggered(row, index) },
    ]),
    ...eventual.map(({ id, title }, index): Property => {
      return {
        kind: 'eventually',
        id,
        title,
        from: (row) => parts.from(row, index),
        to: (row) => parts.to(row, index),
      };
    }),
  ];
}

function watchedProperties({ watching }: World): readonly Property[] {
  return watching.groups.flatMap((group, place) =>
    group.readings.flatMap(({ id, title }, reading): Property[] => [
      {
        kind: 'always',
        id,
        title,
        violation: (row) => group.violation(watching.memory(row[WATCHERS] as number, place), reading),
      },
      // The states do not remember it: the first that is met after the step is taken for it.
      { kind: 'sometimes', id: witnessOf(id), title, seen: () => group.hasTriggered(reading) },
    ]),
  );
}
