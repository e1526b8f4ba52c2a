import type { Change } from '../change.js';
import type { StateLiteral } from '../literal.js';
import { listBranches, present } from '../places.js';

/** The name of a guard that says the opposite. */
export function negated(guard: string): string {
  return `not ${guard}`;
}

/** A guard always lets through, or says the opposite. */
export function changeGuards(literal: StateLiteral): readonly Change[] {
  return listBranches(literal).flatMap(({ place, branch: { guard }, listIn, index }): readonly Change[] => {
    if (guard === undefined) return [];
    return [
      {
        operator: 'drop guard',
        name: `${place}: guard ${guard} dropped`,
        apply: (copy) => void delete present(listIn(copy)[index], place).guard,
      },
      {
        operator: 'negate guard',
        name: `${place}: guard ${guard} negated`,
        apply: (copy) => {
          present(listIn(copy)[index], place).guard = negated(guard);
        },
      },
    ];
  });
}
