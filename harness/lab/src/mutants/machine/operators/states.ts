import type { Change } from '../change.js';
import { listStates, type StateLiteral, stateAt } from '../literal.js';
import { nameState, present } from '../places.js';

/** A state lacks a timer or a tag, two states have each other's timers, or it begins elsewhere. */
export function changeStates(literal: StateLiteral): readonly Change[] {
  return [...dropAfters(literal), ...swapDelays(literal), ...dropTags(literal), ...changeInitials(literal)];
}

function dropAfters(literal: StateLiteral): readonly Change[] {
  return listStates(literal).flatMap(({ path, state }) =>
    Object.keys(state.after).map((delay) => ({
      operator: 'drop after',
      name: `${nameState(path)} after ${delay}: dropped`,
      apply: (copy) => void delete stateAt(copy, path).after[delay],
    })),
  );
}

/** Each belongs to one state, so that two change places. */
function swapDelays(literal: StateLiteral): readonly Change[] {
  const delays = listStates(literal).flatMap(({ path, state }) =>
    Object.keys(state.after).map((delay) => ({ path, delay })),
  );
  return delays.flatMap((one, place) =>
    delays.slice(place + 1).map((other) => ({
      operator: 'swap delays',
      name: `${nameState(one.path)} after ${one.delay}: ${other.delay} instead, and ${nameState(other.path)} the other way`,
      apply: (copy) => {
        const [a, b] = [stateAt(copy, one.path), stateAt(copy, other.path)];
        const [first, second] = [present(a.after[one.delay], one.delay), present(b.after[other.delay], other.delay)];
        delete a.after[one.delay];
        delete b.after[other.delay];
        a.after[other.delay] = first;
        b.after[one.delay] = second;
      },
    })),
  );
}

function dropTags(literal: StateLiteral): readonly Change[] {
  return listStates(literal).flatMap(({ path, state }) =>
    state.tags.map((tag, index) => ({
      operator: 'drop tag',
      name: `${nameState(path)}: tag ${tag} dropped`,
      apply: (copy) => void stateAt(copy, path).tags.splice(index, 1),
    })),
  );
}

function changeInitials(literal: StateLiteral): readonly Change[] {
  return listStates(literal).flatMap(({ path, state }) =>
    Object.keys(state.states)
      .filter((key) => key !== state.initial)
      .map((key) => ({
        operator: 'change initial',
        name: `${nameState(path)}: begins with ${key}`,
        apply: (copy) => {
          stateAt(copy, path).initial = key;
        },
      })),
  );
}
