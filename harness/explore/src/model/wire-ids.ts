import type { Json, Params } from '@mcp-lifeline/core';

/** The two sides of a session. */
export type Role = 'client' | 'server';

/** The other side. */
export function otherRole(role: Role): Role {
  return role === 'client' ? 'server' : 'client';
}

/**
 * A core counts its ids up for ever, so that two states would differ by nothing but how many calls went before. On the
 * model's wire an id is one of a few slots instead: the smallest that nothing in the world mentions any more.
 *
 * Slot 0 stands for every request that was settled and is mentioned nowhere; slots in use are 1 to {@link MOST_SLOTS}.
 */
const MOST_SLOTS = 29;

/** Where the wire ids of a side begin. Far from each other, and from every other number that a message holds. */
const FIRST_WIRE_ID: { readonly [R in Role]: number } = { client: 5_100, server: 5_200 };

/** The id on the wire of the request in this slot. */
export function wireId(owner: Role, slot: number): number {
  return FIRST_WIRE_ID[owner] + slot;
}

/** The slot of a wire id; null for what is no id of that side's. */
export function slotOf(owner: Role, id: unknown): number | null {
  if (typeof id !== 'number' || !Number.isInteger(id)) return null;
  const slot = id - FIRST_WIRE_ID[owner];
  return slot >= 0 && slot <= MOST_SLOTS ? slot : null;
}

/** Sets of slots as bits, for the ids of either side. */
export interface Slots {
  readonly client: number;
  readonly server: number;
}

/** The slots that a JSON text mentions, wherever they stand in it: as an id, a token, or in what somebody remembers. */
export function slotsIn(text: string): Slots {
  const slots = { client: 0, server: 0 };
  for (const [, owner, slot] of text.matchAll(WIRE_ID)) slots[owner === '1' ? 'client' : 'server'] |= 1 << Number(slot);
  // What is mentioned nowhere else is free.
  return { client: slots.client & ~1, server: slots.server & ~1 };
}

/** Every number from {@link FIRST_WIRE_ID} on that a slot may have. */
const WIRE_ID = /(?<![\d.])5([12])([0-2]\d)(?![\d.])/g;

/**
 * The smallest slot that is not in a set.
 *
 * @throws {Error} when there is none: the configuration is unbounded.
 */
export function freeSlot(used: number): number {
  const free = ~used & ~1;
  const slot = 31 - Math.clz32(free & -free);
  if (slot <= MOST_SLOTS) return slot;
  throw new Error('more requests are in use at a time than the model has names for: the configuration is unbounded');
}

/** Gives an id, or a token which is an id as well, another name. */
export type Rename = (owner: Role, id: Json) => Json;

/**
 * The same message with other ids: its own, that of the request it cancels, and progress tokens. Whose they are follows from
 * their place. What is no message is left alone.
 */
export function renameIds(message: unknown, from: Role, rename: Rename): Json {
  if (Array.isArray(message)) return message.map((member) => renameIds(member, from, rename));
  if (!isObject(message)) return message as Json;
  const { id, method, params } = message;
  const isCall = typeof method === 'string';
  const renamed: { [name: string]: Json } = { ...message };
  if (id !== undefined && id !== null) renamed['id'] = rename(isCall ? from : otherRole(from), id);
  if (isCall && isObject(params)) renamed['params'] = renameParams(method, params, from, rename);
  return renamed;
}

function renameParams(method: string, params: Params, from: Role, rename: Rename): Params {
  const { requestId, progressToken, _meta } = params;
  if (method === 'notifications/cancelled') {
    return requestId === undefined ? params : { ...params, requestId: rename(from, requestId) };
  }
  if (method === 'notifications/progress') {
    return progressToken === undefined ? params : { ...params, progressToken: rename(otherRole(from), progressToken) };
  }
  if (!isObject(_meta) || _meta['progressToken'] === undefined) return params;
  return { ...params, _meta: { ..._meta, progressToken: rename(from, _meta['progressToken']) } };
}

function isObject(value: unknown): value is Params {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
