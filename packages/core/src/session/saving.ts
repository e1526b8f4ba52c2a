import { emptyMap, type PersistentMap } from '../calls/persistent-map.js';
import type { Effect, OpenBatch, OpenCall, Peer, PeerKey, PeerRequest, State, TimerName } from '../contract.js';
import { readClock } from '../duration.js';
import type { Json } from '../json.js';
import { LocalProtocolError } from '../local-protocol-error.js';
import type { RequestId } from '../message.js';
import type { SavedSnapshot } from '../pure-xstate.js';
import { type Config, readConfig } from './config.js';
import { type Lifecycle, lifecycleOf, type SessionContext } from './lifecycle.js';
import { agreementOf, type GivenUp, inOrder, type Live, newLive, seal, type Timers, unseal } from './turn.js';

/** What `save` yields and `restore` takes: JSON. Times in ms on the clock of `now`. */
export interface Saved {
  readonly format: 1;
  readonly role: 'client' | 'server';
  readonly config: Config;
  readonly machine: SavedSnapshot<SessionContext>;
  readonly peer: Peer | null;
  /** In the order of sending. */
  readonly calls: readonly OpenCall[];
  readonly givenUp: readonly (readonly [id: number, as: GivenUp])[];
  /** In the order of arrival. */
  readonly peers: readonly PeerRequest[];
  /** Which of them a wire id means: the newest under it, and none once that one is done, though an older may be open. */
  readonly peerKeys: readonly (readonly [id: RequestId, key: PeerKey])[];
  readonly batches: readonly (readonly [batch: number, open: OpenBatch])[];
  readonly initializeId: number | null;
  readonly pingId: number | null;
  readonly timers: Timers;
  readonly counters: { readonly generation: number; readonly nextId: number; readonly nextPeer: number };
  readonly now: number;
}

/** The state as JSON. */
export function save(state: State): Saved {
  const live = unseal(state);
  const { config, lifecycle, snapshot, peer, initializeId, pingId, timers, generation, nextId, nextPeer, now } = live;
  return {
    format: 1,
    role: config.role,
    config,
    machine: lifecycle.save(snapshot),
    peer,
    calls: inOrder(live.calls),
    givenUp: sorted(live.givenUp),
    peers: inOrder(live.peers),
    peerKeys: live.peerKeys.entries().sort(([, a], [, b]) => a - b),
    batches: sorted(live.batches),
    initializeId,
    pingId,
    timers,
    counters: { generation, nextId, nextPeer },
    now,
  };
}

/**
 * A saved session on a new clock: every due time moves with it, and the effects arm the timers again.
 *
 * @throws {LocalProtocolError} for another format, {Error} for a state that the machine does not have.
 */
export function restore(saved: Saved, now: number): readonly [State, readonly Effect[]] {
  return restoreOn(lifecycleOf(saved.role), saved, now);
}

/** The same on a machine of one's own. */
export function restoreOn(lifecycle: Lifecycle, saved: Saved, now: number): readonly [State, readonly Effect[]] {
  if (saved.format !== 1) throw new LocalProtocolError('not a saved session of format 1');
  const config = readConfig(saved.config);
  const shift = readClock(now) - saved.now;
  const armed = TIMERS.flatMap((name) => {
    const timer = saved.timers[name];
    return timer ? [{ name, generation: timer.generation, at: timer.at + shift }] : [];
  });
  const calls = saved.calls.map((call) => ({ ...call, due: call.due + shift, lastDue: call.lastDue + shift }));
  const live: Live = {
    ...newLive(config, lifecycle, lifecycle.restore(saved.machine), now),
    peer: saved.peer,
    agreement: saved.peer === null ? null : agreementOf(config, saved.peer),
    calls: mapOf(calls.map((call) => [call.id, call])),
    callIds: mapOf(calls.map((call) => [call.key, call.id])),
    givenUp: mapOf(saved.givenUp),
    peers: mapOf(saved.peers.map((request) => [request.key, request])),
    peerKeys: mapOf(saved.peerKeys),
    batches: mapOf(saved.batches),
    initializeId: saved.initializeId,
    pingId: saved.pingId,
    timers: Object.fromEntries(armed.map(({ name, ...timer }) => [name, timer])),
    ...saved.counters,
  };
  return [seal(live), armed.map((timer) => ({ type: 'arm', ...timer }))];
}

/**
 * What an explorer tells states apart by: no clock, no generations, no due times but their order, no ids and tokens but
 * which are the same; which timers are armed, and whether deadlines are looked at before the first of them is due.
 */
export function abstract(state: State): Json {
  const live = unseal(state);
  const calls = inOrder(live.calls);
  const dues = [...new Set(calls.map((call) => call.due))].sort((a, b) => a - b);
  const batches = sorted(live.batches);
  const nameId = namer();
  const nameToken = namer();
  return {
    path: live.path,
    context: { ...live.snapshot.context },
    revision: live.peer?.revision ?? null,
    capabilities: live.peer?.capabilities ?? null,
    calls: calls.map(({ method, due, lastDue, hasToken, isTask, progress }) => ({
      ...{ method, hasToken, isTask, progress },
      due: dues.indexOf(due),
      isLast: due === lastDue,
    })),
    givenUp: [...inOrder(live.givenUp)].sort(),
    peers: inOrder(live.peers).map(({ key, id, method, token, progress, batch }) => ({
      ...{ method, progress },
      id: nameId(id),
      isNewest: live.peerKeys.get(id) === key,
      token: token === null ? null : nameToken(token),
      batch: batch === null ? null : batches.findIndex(([one]) => one === batch),
    })),
    batches: batches.map(([, { open, answers }]) => ({
      open,
      answers: answers.map((answer) => ({ ...answer, id: nameId(answer.id) })),
    })),
    awaits: { initialize: live.initializeId !== null, pong: live.pingId !== null },
    armed: TIMERS.filter((name) => live.timers[name]),
    looksEarly: looksEarly(live, dues[0]),
  };
}

/** Whether the next look at the deadlines comes before the first of them: it was armed for a call that is settled by now. */
function looksEarly({ timers: { calls } }: Live, firstDue = Number.POSITIVE_INFINITY): boolean {
  return calls !== undefined && calls.at < firstDue;
}

/** Names ids by the order in which they are first met; 7 and "7" are two. */
function namer(): (id: Json | undefined) => number {
  const met: unknown[] = [];
  return (id) => {
    if (!met.includes(id)) met.push(id);
    return met.indexOf(id);
  };
}

const TIMERS: readonly TimerName[] = [
  'startup',
  'slowStart',
  'keepalive',
  'pong',
  'calls',
  'hearOut',
  'drain',
  'cleanUp',
  'closing',
];

function sorted<V>(map: PersistentMap<number, V>): readonly (readonly [number, V])[] {
  return map.entries().sort(([a], [b]) => a - b);
}

function mapOf<K extends string | number, V>(entries: readonly (readonly [K, V])[]): PersistentMap<K, V> {
  return entries.reduce((map, [key, value]) => map.set(key, value), emptyMap<K, V>());
}
