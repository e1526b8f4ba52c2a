import type { Delivery, Effect, Input, Params } from '@mcp-lifeline/core';
import type { Saved } from '@mcp-lifeline/core/saving';
import type { Happening } from './happening.js';
import { FIRST_ID, FIRST_KEY, generationOf, NO_GENERATION, SPENT_ID } from './normal-form.js';
import { otherRole, type Rename, type Role, renameIds, slotOf, wireId } from './wire-ids.js';

/** What the world calls what a session in its normal form knows: our requests by slot, their requests by handle. */
export interface Names {
  /** The slot of our request {@link FIRST_ID}, of the one after it, and so on. */
  readonly ids: readonly number[];
  /** The handle of their request {@link FIRST_KEY}, of the one after it, and so on. */
  readonly handles: readonly number[];
}

/** The handle of every request that was answered and forgotten. Those in use count from 1. */
const SPENT_HANDLE = 0;

/** Whose core it is, and how the ids of the other side come: by slot, or, where that is no core, as whatever they are. */
export interface Speaker {
  readonly role: Role;
  readonly theirIds: 'slots' | 'any';
}

/** What a core is told, in its own words, of what happens in the world. */
export function toInput(happening: Happening, speaker: Speaker, names: Names, { timers }: Saved): Input {
  switch (happening.type) {
    case 'received': {
      const json = renameIds(happening.json, otherRole(speaker.role), inward(speaker, names));
      return { type: 'received', json, now: happening.isLate ? LATE : 0 };
    }
    case 'elapsed': {
      const { name, when, hasHeard } = happening;
      const now = when === 'late' ? LATE : (timers[name]?.at ?? 0);
      const generation = when === 'stale' ? NO_GENERATION : generationOf(name);
      // What came in after the arming came less than an interval ago.
      return { type: 'elapsed', name, generation, now, heard: hasHeard ? now - 1 : now - LATE };
    }
    case 'answer':
    case 'progress':
      return { ...happening, key: keyOf(happening.key, names), now: 0 };
    default:
      return { ...happening, now: 0 };
  }
}

/** The same as the world tells it. */
export function toldInput(happening: Happening, input: Input): Input {
  if (happening.type === 'received') return { type: 'received', json: happening.json, now: input.now };
  if (happening.type === 'elapsed') return input;
  return { ...happening, now: input.now };
}

/** What a core asks for, as the world tells it. */
export function outward(effect: Effect, speaker: Speaker, slot: Naming, handle: Naming): Effect {
  switch (effect.type) {
    case 'send':
      return { ...effect, message: renameIds(effect.message, speaker.role, outwardIds(speaker, slot)) };
    case 'deliver':
      return { ...effect, item: delivered(effect.item, speaker, slot, handle) };
    case 'abort':
      return { ...effect, key: handle(effect.key) };
    default:
      return effect;
  }
}

function outwardIds({ role, theirIds }: Speaker, slot: Naming): Rename {
  return (owner, id) => {
    if (typeof id !== 'number') return id;
    if (owner === role) return wireId(role, slot(id));
    return theirIds === 'slots' ? wireId(owner, id) : id;
  };
}

/** Params are handed on as they came. */
function delivered(item: Delivery, speaker: Speaker, slot: Naming, handle: Naming): Delivery {
  if (item.kind === 'progress') return item;
  const named = item.kind === 'request' ? { ...item, key: handle(item.key) } : item;
  const { method, params } = item;
  if (params === undefined) return named;
  const message = renameIds({ method, params }, otherRole(speaker.role), outwardIds(speaker, slot));
  return { ...named, params: (message as { readonly params: Params }).params };
}

/** Tells the name of a number of the core's. */
export type Naming = (number: number) => number;

/**
 * Names numbers of a core: those that it knows, and those that are new.
 *
 * @param first the number that the first of `known` names; @param next the number of the first that is new.
 */
export function naming(known: readonly number[], first: number, next: number, added: readonly number[]): Naming {
  return (number) => known[number - first] ?? added[number - next] ?? 0;
}

/** Far behind everything that a session in its normal form waits for, in ms. */
const LATE = 10_000_000;

function inward({ role, theirIds }: Speaker, { ids }: Names): Rename {
  return (owner, id) => {
    const slot = slotOf(owner, id);
    if (slot === null) return id;
    if (owner !== role) return theirIds === 'slots' ? slot : id;
    const place = ids.indexOf(slot);
    return place === -1 ? SPENT_ID : FIRST_ID + place;
  };
}

function keyOf(handle: number, { handles }: Names): number {
  const place = handles.indexOf(handle);
  return place === -1 ? SPENT_HANDLE : FIRST_KEY + place;
}
