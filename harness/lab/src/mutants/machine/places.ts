import type { PlacedBranch } from './change.js';
import { type ActionLiteral, listStates, type StateLiteral, stateAt } from './literal.js';

/** Every transition of a machine, each branch of a guarded list for itself. */
export function listBranches(literal: StateLiteral): readonly PlacedBranch[] {
  return listStates(literal).flatMap(({ path, state }) =>
    (['on', 'after'] as const).flatMap((kind) =>
      Object.entries(state[kind]).flatMap(([key, branches]) =>
        branches.map((branch, index) => ({
          ...{ path, branch, index, kind },
          place: `${nameState(path)} ${kind} ${key}${branches.length > 1 ? `[${index}]` : ''}`,
          among: branches.length,
          listIn: (copy: StateLiteral) => present(stateAt(copy, path)[kind][key], key),
        })),
      ),
    ),
  );
}

/** A list of actions, where it stands, and how it is found again in a copy. */
export interface PlacedActions {
  readonly place: string;
  readonly actions: readonly ActionLiteral[];
  readonly listIn: (literal: StateLiteral) => ActionLiteral[];
}

/** Every list of actions that is not empty: on entry, on exit, on a transition. */
export function listActions(literal: StateLiteral): readonly PlacedActions[] {
  const inStates = listStates(literal).flatMap(({ path, state }) =>
    (['entry', 'exit'] as const).map((kind) => ({
      place: `${nameState(path)} ${kind}`,
      actions: state[kind],
      listIn: (copy: StateLiteral) => stateAt(copy, path)[kind],
    })),
  );
  const inBranches = listBranches(literal).map(({ place, branch, listIn, index }) => ({
    place,
    actions: branch.actions,
    listIn: (copy: StateLiteral) => present(listIn(copy)[index], place).actions,
  }));
  return [...inStates, ...inBranches].filter(({ actions }) => actions.length > 0);
}

/** A state as names have it. */
export function nameState(path: readonly string[]): string {
  return path.length === 0 ? 'the machine' : path.join('.');
}

/** What is there as it was when the places were listed. @throws {Error} where it is not. */
export function present<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`${what} is not in the copy`);
  return value;
}
