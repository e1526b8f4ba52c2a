import type { Json } from '@mcp-lifeline/core';
import { APP_INVARIANTS, CLIENT_INVARIANTS, type Invariant } from '@mcp-lifeline/specs';
import { type End, isJsonObject, type JsonObject } from '@mcp-lifeline/trace';
import type { WatcherGroup } from '../watchers/group.js';
import { carry, type InvariantState } from '../watchers/invariant.js';
import {
  type Trim,
  trimCleanUps,
  trimToHandshake,
  trimToInitialized,
  trimToOwed,
  trimToTokens,
} from '../watchers/trimming.js';
import type { Setup } from './property.js';

/** The invariants of `specs` that are carried along, for the parts that there are. */
export function carriedInvariants({ client, server }: Setup): readonly WatcherGroup<InvariantState>[] {
  const ends: End[] = [
    ...(client === null ? [] : ['client' as const]),
    ...(server === null ? [] : ['server' as const]),
  ];
  const ofApplications = APP_INVARIANTS.flatMap((invariant) =>
    ends
      .filter((at) => at === 'server' || invariant.id !== CLEAN_UP)
      .map((at) => {
        const id = `${at}.${invariant.id}`;
        return carry(invariant, { at, id, forget: forgetHeld(invariant), trim: TRIMS_OF_APP[invariant.id] ?? same });
      }),
  );
  if (client === null) return ofApplications;
  const ofClient = CLIENT_INVARIANTS.flatMap((invariant) => {
    const trim = TRIMS_OF_CLIENT[invariant.id];
    if (trim === undefined) return [];
    return [carry(invariant, { at: 'client', trim, forget: forgetHeld(invariant), endsWithChannel: true })];
  });
  return [...ofClient, ...ofApplications];
}

/** The invariants over what a client sends that are carried along, each with what it may forget; for the others see `LEFT`. */
export const TRIMS_OF_CLIENT: Readonly<Record<string, Trim>> = {
  'client.handshake.initialize-first': trimToHandshake,
  'client.handshake.initialize-request': trimToHandshake,
  'client.handshake.initialize-alone': trimToHandshake,
  'client.handshake.no-early-requests': trimToHandshake,
  'client.handshake.initialized': trimToInitialized,
  'client.handshake.once': trimToHandshake,
  'client.version.offer': trimToHandshake,
  'client.version.offer-latest': trimToHandshake,
  'client.version.disconnect': trimToHandshake,
  'client.capability.requests': trimToHandshake,
  'client.capability.notifications': trimToHandshake,
  'client.capability.answers': trimToOwed,
  'client.capability.declared': trimToOwed,
  'client.rpc.envelope': trimToHandshake,
  'client.rpc.single-messages': trimToHandshake,
  'client.progress.token': trimToTokens,
  'client.cancel.not-initialize': trimToHandshake,
};

/** A client has no clean-up. */
const CLEAN_UP = 'app.clean-up-once';

/** Those over what applications see: all of them are carried along, at either end where it can have what they are about. */
export const TRIMS_OF_APP: Readonly<Record<string, Trim>> = { [CLEAN_UP]: trimCleanUps };

/** The facts that only tell that an invariant held, and how often. */
const WITNESSES = ['right', 'firstAt', 'open', 'isAsked', 'last', 'settled', 'rightAt', 'endedAt'];

/** Forgets them. */
export function forgetHeld({ id, initial }: Invariant<unknown>): Trim {
  // Calls that are open go by the same name as what a text leaves open.
  const names = WITNESSES.filter((name) => name !== 'open' || id !== 'app.settles-once');
  return (memory) => {
    if (!isJsonObject(memory) || !isJsonObject(initial as Json)) return memory;
    const before = initial as JsonObject;
    const forgotten = names.filter((name) => name in memory).map((name) => [name, before[name] ?? null]);
    return { ...memory, ...Object.fromEntries(forgotten) };
  };
}

function same(memory: Json): Json {
  return memory;
}
