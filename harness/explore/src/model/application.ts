import type { Answer, Params } from '@mcp-lifeline/core';
import type { MoveInfo } from '../contract.js';
import type { Happening } from './happening.js';
import type { Host } from './host.js';
import type { Role } from './wire-ids.js';

/** What is left of what an application may do, by name; what is not named may not be done any more. */
export type Budget = { readonly [name: string]: number };

/** A call that an application may make. Durations in ms. */
export interface PlannedCall {
  readonly method: string;
  readonly params?: Params;
  readonly wantsProgress: boolean;
  readonly timeoutMs?: number;
  readonly maxTotalMs?: number;
  /** How often. */
  readonly most: number;
}

/** What the application of one side may do, at any moment and in any order: how often each. */
export interface Plan {
  /** Of a client alone. The first of them begins the session. */
  readonly starts: number;
  readonly calls: readonly PlannedCall[];
  readonly notifications: readonly { readonly method: string; readonly most: number }[];
  /** Taking back a call of its own. */
  readonly cancels: number;
  readonly closes: number;
  readonly kills: number;
  /** What it makes of the peer's requests. */
  readonly answering: {
    /** Whether it answers sooner or later, or maybe never. */
    readonly fairness: MoveInfo['fairness'];
    /** It may also answer with an error. */
    readonly errors: boolean;
    /** How often it tells of its progress in each, where that is wanted. */
    readonly progress: number;
    /** It may tell of progress that is none. */
    readonly stale: boolean;
    /** It may answer what it was told to leave. */
    readonly aborted: boolean;
  };
  /** Of a server alone. */
  readonly signals: number;
  readonly uncaught: number;
  /** It may go on asking after it was told of the end. */
  readonly afterEnd: boolean;
  /** Whether its clean-up ends sooner or later, or maybe never. */
  readonly cleanUp: MoveInfo['fairness'];
}

/** An application that waits for its peer to ask, and never closes. */
export const QUIET_PLAN: Plan = {
  starts: 1,
  calls: [],
  notifications: [],
  cancels: 0,
  closes: 0,
  kills: 0,
  answering: { fairness: 'weak', errors: false, progress: 0, stale: false, aborted: false },
  signals: 0,
  uncaught: 0,
  afterEnd: false,
  cleanUp: 'weak',
};

/** Something that a host can bring about now. */
export interface HostMove extends MoveInfo {
  /** What happens to the core; a planned call is given its key by the world. */
  readonly happening: Happening | PlannedCall;
  /** The host as it is before the core's step. */
  readonly host: Host;
}

/** What is left to begin with. */
export function budgetOf(plan: Plan, role: Role): Budget {
  const { cancels, closes, kills, signals, uncaught } = plan;
  const counts = {
    starts: role === 'client' ? plan.starts : 0,
    ...Object.fromEntries(plan.calls.map(({ most }, index) => [`call ${index}`, most])),
    ...Object.fromEntries(plan.notifications.map(({ method, most }) => [`notify ${method}`, most])),
    ...{ cancels, closes, kills, signals, uncaught },
  };
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}

/** All that an application may do now, in a fixed order. */
export function applicationMoves(role: Role, plan: Plan, host: Host): readonly HostMove[] {
  const moves: HostMove[] = [];
  const spend = (budget: string, what: string, happening: Happening | PlannedCall) => {
    const left = spent(host.left, budget);
    if (left === null) return;
    moves.push({ name: `${role}: ${what}`, fairness: 'none', happening, host: { ...host, left } });
  };
  spend('starts', 'starts', { type: 'start' });
  for (const [index, call] of plan.calls.entries()) spend(`call ${index}`, `calls ${call.method}`, call);
  for (const { method } of plan.notifications)
    spend(`notify ${method}`, `notifies ${method}`, { type: 'notify', method });
  for (const key of host.calls) spend('cancels', 'cancels a call', { type: 'cancel', key });
  spend('closes', 'closes', { type: 'close' });
  spend('kills', 'kills', { type: 'kill' });
  spend('signals', 'is signalled', { type: 'signalled', signal: 'SIGINT' });
  spend('uncaught', 'fails without a catch', { type: 'uncaught', message: 'failure' });
  if (host.isCleaningUp) {
    moves.push({ name: `${role}: has cleaned up`, fairness: plan.cleanUp, happening: { type: 'cleanedUp' }, host });
  }
  return [...moves, ...host.handlers.flatMap((_, place) => handlerMoves(role, plan, host, place))];
}

function handlerMoves(role: Role, { answering }: Plan, host: Host, place: number): HostMove[] {
  const handler = host.handlers[place];
  if (handler === undefined) return [];
  const { handle: key, wantsProgress, wantsTask, told, isAborted } = handler;
  const answer = wantsTask ? TASK : ANSWER;
  const moves: HostMove[] = [];
  const add = (what: string, fairness: MoveInfo['fairness'], happening: Happening, after = host) =>
    moves.push({ name: `${role}: ${what}`, fairness, happening, host: after });
  if (isAborted) add('answers what was aborted', 'none', { type: 'answer', key, answer });
  else add('answers', answering.fairness, { type: 'answer', key, answer });
  if (answering.errors && !isAborted) {
    const error = { code: -32_000, message: 'no' };
    add('answers with an error', 'none', { type: 'answer', key, answer: { error } });
  }
  if (wantsProgress && told < answering.progress) {
    const handlers = host.handlers.with(place, { ...handler, told: told + 1 });
    add('tells of its progress', 'none', { type: 'progress', key, progress: told + 1 }, { ...host, handlers });
  }
  if (wantsProgress && told > 0 && answering.stale) {
    add('tells of progress that is none', 'none', { type: 'progress', key, progress: told });
  }
  return moves;
}

/** No pong: that is an empty result. */
const ANSWER: Answer = { result: { done: true } };
const TASK: Answer = { result: { task: { taskId: 'task' } } };

/** The budget after doing it once more; null where it may not be done. */
function spent(left: Budget, name: string): Budget | null {
  const { [name]: count = 0, ...rest } = left;
  if (count === 0) return null;
  return count === 1 ? rest : { ...left, [name]: count - 1 };
}
