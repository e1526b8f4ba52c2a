import type { ActKind } from './act.js';
import type { Means } from './means.js';

/**
 * The life of a session as a client sees it, coarse enough to be covered:
 *
 * - `fresh`: nothing was sent
 * - `opening`: `initialize` has no answer yet
 * - `agreed`: it has, and `initialized` was not sent
 * - `idle`: ready, and nothing of ours is open
 * - `asking`: requests are open that take no time
 * - `calling`, `overlapping`: one call of a tool is open, or several
 * - `cancelling`: a request that was cancelled has no answer
 * - `owed`: the server waits for an answer of ours
 * - `over`: its input ended, it was signalled, or it is gone
 */
export const SESSION_STATES = [
  'fresh',
  'opening',
  'agreed',
  'idle',
  'asking',
  'calling',
  'overlapping',
  'cancelling',
  'owed',
  'over',
] as const;

/** One of {@link SESSION_STATES}. */
export type SessionState = (typeof SESSION_STATES)[number];

/** The kinds of acts that are legal, or as good as legal, in a state: with a server that gives these means. */
export function legalKinds(state: SessionState, means: Means, hasBatches: boolean): readonly ActKind[] {
  const lists = means.lists.filter((list) => list === 'tools/list');
  switch (state) {
    case 'fresh':
      return ['initialize', 'ping'];
    case 'opening':
      return ['ping', 'initialized', 'settle', 'pause', 'eof', 'sigterm'];
    case 'agreed':
      return ['ping', ...lists, 'initialized', 'pause', 'reply', 'eof', 'sigterm'];
    case 'over':
      return [];
    default:
      return readyKinds(means, hasBatches);
  }
}

/** An act of a kind in a state: what is counted. */
export type Transition = `${SessionState} ${ActKind}`;

/** Names one. */
export function transition(state: SessionState, kind: ActKind): Transition {
  return `${state} ${kind}`;
}

/** Every transition that can come about, as far as can be foreseen. */
export function legalTransitions(means: Means, hasBatches: boolean): readonly Transition[] {
  return reachableStates(means).flatMap((state) =>
    legalKinds(state, means, hasBatches).map((kind) => transition(state, kind)),
  );
}

/** The states in which something can be done: those of a call need a tool that takes its time. */
export function reachableStates({ slow, asking }: Means): readonly SessionState[] {
  return SESSION_STATES.filter((state) => {
    if (state === 'over') return false;
    if (state === 'calling' || state === 'overlapping') return slow !== null;
    return state !== 'owed' || asking !== null;
  });
}

function readyKinds({ slow, long, asking, lists }: Means, hasBatches: boolean): readonly ActKind[] {
  return [
    'ping',
    ...lists,
    'unknown-method',
    ...(lists.includes('tools/list') ? (['unknown-tool'] as const) : []),
    ...(slow === null ? [] : (['slow'] as const)),
    ...(long === null ? [] : (['long'] as const)),
    ...(asking === null ? [] : (['asking'] as const)),
    'cancel',
    'cancel-unknown',
    'tell-roots-changed',
    ...(hasBatches ? (['batch'] as const) : []),
    'garbage',
    'stray-response',
    'reply',
    'pause',
    'settle',
    'stop-reading',
    'eof',
    'sigterm',
  ];
}
