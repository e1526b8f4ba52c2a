import type { Config, Effect, Input, RequestId, Signal } from '@mcp-lifeline/core';
import { isJsonObject } from '@mcp-lifeline/trace';
import type { Observation } from '../../contract.js';
import type { Viewing } from '../rules.js';
import { remembered, viewCalls } from './calls-view.js';
import { namesIn } from './declared.js';
import { failureAfter } from './failure.js';
import { answerId, type Heard, heardIn } from './heard.js';
import { viewRequests } from './requests-view.js';
import { expired, requestsIn, type SessionStep, sentIn } from './step.js';
import { HEARING, NEW_CLIENT, NEW_SERVER, type SessionView, type Stage, stageOf } from './view.js';

/** A step of which only the outcome is not known yet. */
export type Unviewed = Omit<SessionStep, 'after'>;

/**
 * How rules see one end of a session.
 *
 * @param countsUp whether ids and generations are never given again: then the armings of a timer are told apart, and the last id is
 *   remembered.
 */
export function viewSession(config: Config, countsUp: boolean): Viewing<SessionView, SessionStep> {
  return {
    initial: config.role === 'client' ? NEW_CLIENT : NEW_SERVER,
    stepOf: (before, observation: Observation) => {
      if (observation.part !== config.role) return null;
      const { input, effects } = observation;
      const stage = stageOf(config.role, before);
      const step: Unviewed = { config, before, stage, input, effects, heard: heardWhen(stage, input) };
      return { ...step, after: viewAfter(step, countsUp) };
    },
    after: ({ after }) => after,
    isDead: (observation) => config.role === 'server' && tellsServerDead(observation),
  };
}

/** Whether the server's process is known to be gone: nothing steps its core any more. */
export function tellsServerDead(observation: Observation): boolean {
  return observation.part === 'process' && observation.input.type === 'exited';
}

function heardWhen(stage: Stage, input: Input): readonly Heard[] {
  return input.type === 'received' && HEARING.includes(stage) ? heardIn(input.json) : [];
}

function viewAfter(step: Unviewed, countsUp: boolean): SessionView {
  const { before, input, effects } = step;
  const seen: SessionView = {
    ...before,
    ...viewWishes(before, input),
    ...viewLife(before, effects),
    ...viewHandshake(step),
    ...viewCalls(step),
    ...viewRequests(step),
    lastId: countsUp ? lastIdIn(step) : 0,
    armed: viewTimers(step, countsUp),
    writable: before.writable && input.type !== 'writeFailed',
  };
  return forgetSettled(viewPing(step, seen));
}

/** The highest id of a request of ours. */
function lastIdIn(step: Unviewed): number {
  const sent = requestsIn(step).flatMap(({ id }) => (typeof id === 'number' ? [id] : []));
  return Math.max(step.before.lastId, ...sent);
}

function viewWishes({ started, asked, signal }: SessionView, input: Input): Partial<SessionView> {
  return {
    started: started || input.type === 'start',
    asked: asked || input.type === 'close' || input.type === 'kill',
    signal: input.type === 'signalled' ? SIGNAL_CODES[input.signal] : signal,
  };
}

/** What a shell calls the end by a signal: 128 and its number. */
export const SIGNAL_CODES: { readonly [S in Signal]: number } = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

function viewLife(before: SessionView, effects: readonly Effect[]): Partial<SessionView> {
  let { phase, why, channel, cleaning } = before;
  for (const effect of effects) {
    if (effect.type === 'phase') {
      phase = effect.phase;
      why ??= effect.why ?? null;
    } else if (effect.type === 'openChannel') channel = 'open';
    else if (effect.type === 'closeChannel') channel = effect.mode;
    else if (effect.type === 'cleanUp') cleaning = true;
  }
  return { phase, why, channel, cleaning };
}

/** What was agreed on, as the answer to `initialize` tells both ends. */
function viewHandshake({ config, before, stage, heard, effects }: Unviewed): Partial<SessionView> {
  if (config.role === 'server') return viewServed(heard, effects);
  const [initialize] = requestsIn({ effects }).filter(({ method }) => method === 'initialize');
  if (initialize !== undefined) return { initializeId: initialize.id as RequestId };
  const { initializeId } = before;
  const answer = initializeId === null ? undefined : heard.find((one) => answerId(one) === initializeId);
  if (answer === undefined) return {};
  // Where nothing can be written no session comes of it.
  if (answer.kind !== 'result' || stage !== 'negotiating') return { initializeId: null };
  const { protocolVersion, capabilities } = answer.result;
  const revision = typeof protocolVersion === 'string' ? protocolVersion : null;
  return { initializeId: null, revision, declared: namesIn(capabilities) };
}

function viewServed(heard: readonly Heard[], effects: readonly Effect[]): Partial<SessionView> {
  const asked = heard.find((one) => one.kind === 'request' && one.method === 'initialize');
  if (asked?.kind !== 'request') return {};
  const answer = sentIn({ effects }).find(({ id, result }) => id === asked.id && isJsonObject(result));
  const result = answer?.result;
  if (!isJsonObject(result) || typeof result.protocolVersion !== 'string') return {};
  return { revision: result.protocolVersion, declared: namesIn(asked.params.capabilities) };
}

function viewTimers(step: Unviewed, countsUp: boolean): SessionView['armed'] {
  const gone = expired(step);
  let armed = gone === null ? step.before.armed : step.before.armed.filter(({ name }) => name !== gone);
  for (const effect of step.effects) {
    if (effect.type !== 'arm' && effect.type !== 'disarm') continue;
    armed = armed.filter(({ name }) => name !== effect.name);
    if (effect.type === 'disarm') continue;
    const { name, generation } = effect;
    armed = [...armed, { name, generation: countsUp ? generation : 0 }];
  }
  return armed === step.before.armed ? armed : armed.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** The ping of keepalive is out as long as its answer is waited for. */
function viewPing(step: Unviewed, seen: SessionView): SessionView {
  const { before, input, heard } = step;
  const own = input.type === 'call' ? [] : requestsIn(step).filter(({ method }) => method === 'ping');
  const isWaiting = before.armed.some(({ name }) => name === 'pong');
  const isLife = input.type === 'received' || input.type === 'garbled';
  const misses = isWaiting && isLife ? 0 : before.misses + (isMiss(step) ? 1 : 0);
  const last = heard.some((one) => answerId(one) === before.pingId) ? null : before.pingId;
  const [sent] = own;
  const isStillOut = sent === undefined && seen.armed.some(({ name }) => name === 'pong');
  const pingId = isStillOut ? last : ((sent?.id ?? null) as RequestId | null);
  const givenUp = last === null || isStillOut ? seen.givenUp : remembered([...seen.givenUp, { id: last, as: 'late' }]);
  return { ...seen, pingId, misses, givenUp };
}

function isMiss(step: Unviewed): boolean {
  return expired(step) === 'pong' && step.before.calls.length === 0;
}

/** Once it leaves nothing that was open matters; once it is closed only what becomes of a call that comes too late. */
function forgetSettled(view: SessionView): SessionView {
  if (view.phase === 'closed') {
    const why = failureAfter(view.why) === 'closed' ? 'asked' : 'peerGone';
    return { ...NEW_CLIENT, started: true, phase: 'closed', why, armed: view.armed };
  }
  const isLeaving = view.cleaning || view.channel === 'graceful' || view.channel === 'now';
  const isOver = isLeaving || view.phase === 'closing';
  if (!isOver) return view;
  const { phase, started, why, writable, channel, cleaning, asked, signal, armed } = view;
  const { calls, givenUp, requests, batches, revision, declared, initializeId, lastId } = view;
  // Who cannot write owes nothing.
  const owed = writable ? view.owed : [];
  const kept = isLeaving ? {} : { calls, givenUp, requests, owed, batches, revision, declared, initializeId, lastId };
  return { ...NEW_CLIENT, phase, started, why, writable, channel, cleaning, asked, signal, armed, ...kept };
}
