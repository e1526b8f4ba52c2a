import { emptyMap, type PersistentMap } from '../calls/persistent-map.js';
import type {
  CallKey,
  Effect,
  FaultCode,
  OpenBatch,
  OpenCall,
  Peer,
  PeerKey,
  PeerRequest,
  Phase,
  State,
  Timer,
  TimerName,
} from '../contract.js';
import type { Json } from '../json.js';
import type { RequestId } from '../message.js';
import type { Agreement } from '../method.js';
import type { Snapshot } from '../pure-xstate.js';
import { LATEST_REVISION, type Revision } from '../revision.js';
import type { Config } from './config.js';
import { type Lifecycle, phaseOf, type SessionContext, type Tag } from './lifecycle.js';

/** One timer that is armed; `at` is absolute, in ms. */
export interface ArmedTimer {
  readonly generation: number;
  readonly at: number;
}

/** The timers that are armed, by name. */
export type Timers = { readonly [N in TimerName]?: ArmedTimer };

/**
 * What is remembered of a call that nobody waits for any more. `late`: its answer may still come. `lateTask`: the same, and
 * what comes may be a task that has to be cancelled. `task`: it was answered with a task, which may still make progress.
 */
export type GivenUp = 'late' | 'lateTask' | 'task';

/** What a session is made of, between two steps. */
export interface Live {
  readonly config: Config;
  readonly lifecycle: Lifecycle;
  readonly snapshot: Snapshot<SessionContext>;
  /** Of `snapshot`: its path, its tags and the phase they mean. */
  readonly path: string;
  readonly tags: ReadonlySet<Tag>;
  readonly phase: Phase;
  /** What the handshake brought; null before. */
  readonly peer: Peer | null;
  readonly agreement: Agreement | null;
  /** Our open requests by wire id; `initialize` and the ping of keepalive are none, since nobody waits for them. */
  readonly calls: PersistentMap<number, OpenCall>;
  readonly callIds: PersistentMap<CallKey, number>;
  /** Our requests whose answer nobody waits for any more, by wire id; the newest of them. */
  readonly givenUp: PersistentMap<number, GivenUp>;
  readonly peers: PersistentMap<PeerKey, PeerRequest>;
  /** The newest of their open requests under each wire id. */
  readonly peerKeys: PersistentMap<RequestId, PeerKey>;
  readonly batches: PersistentMap<number, OpenBatch>;
  readonly initializeId: number | null;
  readonly pingId: number | null;
  readonly timers: Timers;
  /** Of the last arming, of our next request, of their next request or batch. */
  readonly generation: number;
  readonly nextId: number;
  readonly nextPeer: number;
  readonly now: number;
}

/** One step in the making: a copy of what was, and what is to be done. Nobody else holds it until it is sealed. */
export type Turn = { -readonly [K in keyof Live]: Live[K] } & {
  effects: Effect[];
  /** When any byte last came in, in ms. */
  heard: number;
  /** How the process of a server is to end: told last of all. */
  exitCode: number | null;
  /** The server's answer to `initialize`, between its making and its sending. */
  reply: Json | null;
};

/** A session before anything happened. */
export function newLive(config: Config, lifecycle: Lifecycle, snapshot: Snapshot<SessionContext>, now: number): Live {
  const path = lifecycle.path(snapshot);
  return {
    config,
    lifecycle,
    snapshot,
    path,
    tags: lifecycle.tags(snapshot),
    phase: phaseOf(path),
    peer: null,
    agreement: null,
    calls: emptyMap(),
    callIds: emptyMap(),
    givenUp: emptyMap(),
    peers: emptyMap(),
    peerKeys: emptyMap(),
    batches: emptyMap(),
    initializeId: null,
    pingId: null,
    timers: {},
    generation: 0,
    // Some servers take the id 0 for none.
    nextId: 1,
    nextPeer: 1,
    now,
  };
}

/** Begins a step. A literal, since a spread of so many fields costs more than the step itself. */
export function begin(live: Live, now: number): Turn {
  return {
    config: live.config,
    lifecycle: live.lifecycle,
    snapshot: live.snapshot,
    path: live.path,
    tags: live.tags,
    phase: live.phase,
    peer: live.peer,
    agreement: live.agreement,
    calls: live.calls,
    callIds: live.callIds,
    givenUp: live.givenUp,
    peers: live.peers,
    peerKeys: live.peerKeys,
    batches: live.batches,
    initializeId: live.initializeId,
    pingId: live.pingId,
    timers: live.timers,
    generation: live.generation,
    nextId: live.nextId,
    nextPeer: live.nextPeer,
    now: Math.max(now, live.now),
    effects: NO_EFFECTS,
    heard: now,
    exitCode: null,
    reply: null,
  };
}

/** What a finished step leaves: the same object without what was only of that step, so that nothing is copied twice. */
export function settled(turn: Turn): Live {
  turn.effects = NO_EFFECTS;
  return turn;
}

/** Shared by all steps that ask for nothing. */
const NO_EFFECTS = Object.freeze([]) as unknown as Effect[];

/** Who declared what, by the role that we have. */
export function agreementOf({ role, capabilities }: Config, peer: Peer): Agreement {
  const { revision } = peer;
  return role === 'client'
    ? { revision, client: capabilities, server: peer.capabilities }
    : { revision, client: peer.capabilities, server: capabilities };
}

/** Hides a session from those who only carry it. */
export function seal(live: Live): State {
  return live as unknown as State;
}

/** The inside of a session. */
export function unseal(state: State): Live {
  return state as unknown as Live;
}

/** Asks for something to be done, after what was asked for before. */
export function ask(turn: Turn, effect: Effect): void {
  // Most steps ask for one thing. A list that begins with it has room for one, where an empty one makes room for seventeen.
  if (turn.effects === NO_EFFECTS) turn.effects = [effect];
  else turn.effects.push(effect);
}

/** Asks for a message to be sent. */
export function send(turn: Turn, message: Json, urgent: boolean): void {
  ask(turn, { type: 'send', message, urgent });
}

/** Arms a timer, or arms it anew. */
export function arm(turn: Turn, name: TimerName, at: number): void {
  turn.generation += 1;
  const timer: Timer = { name, generation: turn.generation };
  turn.timers = { ...turn.timers, [name]: { generation: turn.generation, at } };
  ask(turn, { type: 'arm', ...timer, at });
}

/** Disarms a timer, where it is armed. */
export function disarm(turn: Turn, name: TimerName): void {
  if (turn.timers[name] === undefined) return;
  turn.timers = withoutTimer(turn.timers, name);
  ask(turn, { type: 'disarm', name });
}

/** The timers but for one. */
export function withoutTimer(timers: Timers, name: TimerName): Timers {
  const { [name]: _, ...rest } = timers;
  return rest;
}

/** The revision that was agreed on, or else the newest that we speak. */
export function revisionOf({ peer, config }: Live): Revision {
  return peer?.revision ?? config.revisions.at(-1) ?? LATEST_REVISION;
}

/** What a fault is told as; `clause` without its revision. */
export interface Told {
  readonly code: FaultCode;
  readonly blame?: 'us';
  readonly clause?: string;
  readonly expected: string;
  readonly got: string;
}

/** Reports a fault, of the peer unless it is ours. */
export function report(turn: Turn, { code, blame, clause, expected, got }: Told): void {
  const cited = clause === undefined ? {} : { clause: `${revisionOf(turn)}/${clause}` };
  const fault = { blame: blame ?? 'peer', code, ...cited, state: turn.path, expected, got } as const;
  ask(turn, { type: 'report', fault });
}

/** Sorts the values of a persistent map whose keys are a counter by that counter: its own order promises nothing. */
export function inOrder<V>(map: PersistentMap<number, V>): readonly V[] {
  if (map.size === 0) return [];
  return map
    .entries()
    .sort(([a], [b]) => a - b)
    .map(([, value]) => value);
}
