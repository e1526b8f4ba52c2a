import type { Json } from '@mcp-lifeline/core';
import { isJsonObject, type JsonObject } from '@mcp-lifeline/trace';

/**
 * What invariants over a client's messages remember, without the facts that no later verdict can rest on. Each of these leaves
 * every later verdict as it is, but for the events that are named as evidence.
 */
export type Trim = (memory: Json) => Json;

/** Of the session only who opened it, how that was answered, and what was declared. */
export const trimToHandshake: Trim = (memory) =>
  inSession(memory, (session) => ({ own: ownNeeded(session, () => false), owed: [] }));

/** The same, and the tokens of the client's own active requests. */
export const trimToTokens: Trim = (memory) =>
  inSession(memory, (session) => ({
    own: ownNeeded(session, ({ token, isCancelled }) => token !== null && isCancelled === false),
    owed: [],
  }));

/** The same, and the server's requests that were not answered, whatever else became of them. */
export const trimToOwed: Trim = (memory) =>
  inSession(memory, (session) => ({
    own: ownNeeded(session, () => false),
    owed: listIn(session, 'owed').map((owed) => ({ ...owed, cancelled: null, fences: 0, fenced: false, idle: true })),
  }));

/** Until `initialized` was said, all of the client's own requests count; after that none. */
export const trimToInitialized: Trim = (memory) => {
  const isSaid = isJsonObject(memory) && memory['saidAt'] !== null;
  return inSession(memory, (session) => ({
    ...(isSaid ? { own: ownNeeded(session, () => false) } : {}),
    owed: [],
  }));
};

/** A clean-up that ran, or did not run, as it had to: one more would be one too many either way. */
export const trimCleanUps: Trim = (memory) => {
  if (!isJsonObject(memory)) return memory;
  const lives = listIn(memory, 'lives').map((life) => {
    const { ran, closed } = life;
    const isRight = isJsonObject(closed) && Array.isArray(ran) && ran.length === (closed['graceful'] === false ? 0 : 1);
    return isRight ? { ...life, ran: [0], closed: { seq: 0, graceful: true } } : life;
  });
  return { ...memory, lives };
};

function inSession(memory: Json, change: (session: JsonObject) => JsonObject): Json {
  if (!isJsonObject(memory) || !isJsonObject(memory['session'])) return memory;
  const { session } = memory;
  return { ...memory, session: { ...session, ...change(session) } };
}

/**
 * The client's own requests that an answer still has to be matched with: those that are needed, and its `initialize` until it
 * is answered. What only looks like one of them, by its id, is kept too, since answers are matched leniently.
 */
function ownNeeded(session: JsonObject, isNeeded: (own: JsonObject) => boolean): readonly JsonObject[] {
  const own = listIn(session, 'own');
  const { opening, answer } = session;
  const isOpened = isJsonObject(answer) && isJsonObject(answer['result']);
  // The right answer may still come behind one under an id of another type.
  const isOpening = isJsonObject(opening) && (!isJsonObject(answer) || answer.isExact === false);
  // Before it is sent, and again when it was refused, nobody knows what its id will look like.
  if (!isOpened && !isOpening) return own;
  return lookingLike(own, keysOf([...(isOpening ? [opening] : []), ...own.filter(isNeeded)]));
}

function lookingLike(all: readonly JsonObject[], keys: readonly string[]): readonly JsonObject[] {
  const wanted = new Set(keys.map(plainId));
  return all.filter(({ key }) => typeof key === 'string' && wanted.has(plainId(key)));
}

/** An id without its type: 7 and "7" are one. */
function plainId(key: string): string {
  return String(JSON.parse(key));
}

function keysOf(all: readonly JsonObject[]): readonly string[] {
  return all.flatMap(({ key }) => (typeof key === 'string' ? [key] : []));
}

function listIn(memory: Json, name: string): readonly JsonObject[] {
  const list = isJsonObject(memory) ? memory[name] : undefined;
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}
