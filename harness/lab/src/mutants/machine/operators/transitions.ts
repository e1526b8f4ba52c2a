import type { Change, PlacedBranch } from '../change.js';
import { leafOf, leavesOf, type StateLiteral } from '../literal.js';
import { listBranches, nameState, present } from '../places.js';

/** A transition is not there, leads elsewhere, leads nowhere, is taken without leaving, or comes in another order. */
export function changeTransitions(literal: StateLiteral): readonly Change[] {
  return listBranches(literal).flatMap((branch) => [
    ...drop(branch),
    ...retarget(literal, branch),
    ...dropTarget(branch),
    ...dropReenter(branch),
    ...swap(branch),
  ]);
}

/** The only transition of an `after` belongs to `drop after`. */
function drop({ place, kind, among, listIn, index }: PlacedBranch): readonly Change[] {
  if (kind === 'after' && among === 1) return [];
  return [
    { operator: 'drop transition', name: `${place}: dropped`, apply: (copy) => void listIn(copy).splice(index, 1) },
  ];
}

/** To every leaf but the one that it leads to. */
function retarget(literal: StateLiteral, { path, place, branch, listIn, index }: PlacedBranch): readonly Change[] {
  const now = leafOf(literal, path, branch.target);
  return leavesOf(literal)
    .filter((leaf) => leaf.join('.') !== now)
    .map((leaf) => ({
      operator: 'retarget transition',
      name: `${place}: leads to ${nameState(leaf)}`,
      apply: (copy) => {
        present(listIn(copy)[index], place).target = `#${copy.id}.${leaf.join('.')}`;
      },
    }));
}

function dropTarget({ place, branch, listIn, index }: PlacedBranch): readonly Change[] {
  if (branch.target === undefined) return [];
  const apply = (copy: StateLiteral): void => {
    const changed = present(listIn(copy)[index], place);
    delete changed.target;
    delete changed.reenter;
  };
  return [{ operator: 'drop target', name: `${place}: leads nowhere`, apply }];
}

function dropReenter({ place, branch, listIn, index }: PlacedBranch): readonly Change[] {
  if (branch.reenter !== true) return [];
  const apply = (copy: StateLiteral): void => void delete present(listIn(copy)[index], place).reenter;
  return [{ operator: 'drop reenter', name: `${place}: does not enter anew`, apply }];
}

function swap({ place, among, listIn, index }: PlacedBranch): readonly Change[] {
  if (index + 1 >= among) return [];
  const apply = (copy: StateLiteral): void => {
    const list = listIn(copy);
    list.splice(index, 2, present(list[index + 1], place), present(list[index], place));
  };
  return [{ operator: 'swap branches', name: `${place}: tried after the next`, apply }];
}
