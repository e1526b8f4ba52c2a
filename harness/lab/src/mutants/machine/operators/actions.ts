import type { Change } from '../change.js';
import type { ActionLiteral, StateLiteral } from '../literal.js';
import { listActions, type PlacedActions, present } from '../places.js';

/** An action is not done, done twice, done in another order, or done with another parameter. */
export function changeActions(literal: StateLiteral): readonly Change[] {
  return listActions(literal).flatMap((placed) => [
    ...placed.actions.flatMap((action, index) => [
      drop(placed, action, index),
      repeat(placed, action, index),
      ...swap(placed, index),
      ...changeParameters(placed, action, index),
    ]),
  ]);
}

function drop({ place, listIn }: PlacedActions, action: ActionLiteral, index: number): Change {
  const name = `${place}: ${nameAction(action)} dropped`;
  return { operator: 'drop action', name, apply: (copy) => void listIn(copy).splice(index, 1) };
}

function repeat({ place, listIn }: PlacedActions, action: ActionLiteral, index: number): Change {
  const name = `${place}: ${nameAction(action)} repeated`;
  return { operator: 'repeat action', name, apply: (copy) => void listIn(copy).splice(index, 0, action) };
}

function swap({ place, actions, listIn }: PlacedActions, index: number): readonly Change[] {
  const [first, second] = [actions[index], actions[index + 1]];
  if (first === undefined || second === undefined) return [];
  const name = `${place}: ${nameAction(first)} after ${nameAction(second)}`;
  return [{ operator: 'swap actions', name, apply: (copy) => void listIn(copy).splice(index, 2, second, first) }];
}

/** Every value that a parameter may have. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  why: [
    ...['asked', 'peerEnded', 'peerGone', 'neverOpened', 'writeFailed', 'silent', 'refused', 'unsupportedRevision'],
    ...['startup', 'signal', 'uncaught'],
  ],
  mode: ['graceful', 'now'],
  code: ['slowStart', 'missedPong', 'stuck'],
  signal: ['SIGTERM', 'SIGKILL'],
};

const HOW: Readonly<Record<string, readonly string[]>> = {
  exit: ['clean', 'cutShort', 'uncaught'],
  over: ['reaped', 'abandoned', 'neverStarted'],
};

function changeParameters({ place, listIn }: PlacedActions, action: ActionLiteral, index: number): readonly Change[] {
  return Object.entries(action.params ?? {}).flatMap(([key, value]) => {
    const values = key === 'how' ? HOW[action.type] : VALUES[key];
    const others = present(values, `the parameter ${key} of ${action.type}`).filter((one) => one !== value);
    return others.map((other) => ({
      operator: 'change parameter',
      name: `${place}: ${nameAction(action)} with ${other}`,
      apply: (copy) => {
        listIn(copy)[index] = { ...action, params: { ...action.params, [key]: other } };
      },
    }));
  });
}

function nameAction({ type, params }: ActionLiteral): string {
  return [type, ...Object.values(params ?? {})].join(' ');
}
