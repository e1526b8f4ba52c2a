import type { Config, Input, Json, Outcome, Params } from '@mcp-lifeline/core';
import { inWords, violate } from '../violation.js';
import { isObject, type Reading } from './reading.js';
import type { Telling } from './telling.js';

type Failure = Extract<Outcome, { readonly sent: boolean }>['kind'];

type CallInput = Extract<Input, { readonly type: 'call' }>;

/** A call that was sent and has not settled. */
interface Open {
  readonly key: number;
  readonly id: number;
  readonly timeoutMs: number;
  readonly lastDue: number;
  readonly hasToken: boolean;
  /** It asks for a task: it is cancelled by `tasks/cancel` alone, once its task is known. */
  readonly isTask: boolean;
  due: number;
}

/** Whether a call may be sent, as the reference sees it. */
export interface Gate {
  /** Why not, since the session ends. */
  readonly ends: 'closed' | 'connectionLost' | null;
  readonly isEarly: boolean;
  readonly isTask: boolean;
}

/** So many calls that were given up are remembered at least: see docs/limits.md. */
const REMEMBERED = 1_024;

/** Our calls as an application knows them: made once, settled once, and for a reason. */
export class OurCalls {
  readonly #config: Config;
  readonly #open = new Map<number, Open>();
  /** What we gave up; whether its late answer may bring a task that has to be cancelled. */
  readonly #givenUp = new Map<number, boolean>();
  /** Answered with a task: what still comes under their token is told. */
  readonly #tasks = new Set<number>();
  #newestId = 0;

  constructor(config: Config) {
    this.#config = config;
  }

  /** The wire ids of the open ones, in the order of sending. */
  get ids(): readonly number[] {
    return [...this.#open.keys()];
  }

  get size(): number {
    return this.#open.size;
  }

  /** How many were given up so far. */
  get forgone(): number {
    return this.#givenUp.size + this.#tasks.size;
  }

  /** Notes a request of the session's own, which settles nobody. */
  noteOwn(id: Json | undefined, what: string): number {
    if (typeof id !== 'number' || id <= this.#newestId) violate(`${what} has the id ${inWords(id)}, which is not new`);
    this.#newestId = id;
    return id;
  }

  called(input: CallInput, now: number, gate: Gate, tell: Telling): void {
    const { key, method, params } = input;
    const settled = tell.accept('settle', (told) => told.key === key);
    if (settled !== null) {
      this.#checkRefusal(settled.outcome, gate, method);
      return;
    }
    const why = `the call ${key} of ${method}`;
    if (gate.ends !== null || gate.isEarly) violate(`${why} has to be refused`);
    if (this.#open.size >= this.#config.maxCalls) violate(`${why} is one too many`);
    const message = tell.expect('send', why).message;
    if (!isObject(message) || message['method'] !== method) violate(`${why} sends ${inWords(message)}`);
    const id = this.noteOwn(message['id'], why);
    const hasToken = input.wantsProgress !== false && method !== 'ping';
    checkParams(message['params'], params, hasToken ? id : null, why);
    const { requestTimeoutMs, maxTotalTimeoutMs } = this.#config;
    const timeoutMs = input.timeoutMs ?? requestTimeoutMs;
    const lastDue = now + (input.maxTotalMs ?? maxTotalTimeoutMs);
    const due = Math.min(now + timeoutMs, lastDue);
    this.#open.set(id, { key, id, timeoutMs, lastDue, hasToken, isTask: gate.isTask, due });
  }

  cancelled(input: Extract<Input, { readonly type: 'cancel' }>, isWriting: boolean, tell: Telling): void {
    for (const call of this.#open.values()) {
      if (call.key === input.key) this.#abandon(call, 'cancelled', isWriting, tell);
    }
  }

  /** Every deadline that has passed, and no other. */
  timedOut(now: number, isWriting: boolean, tell: Telling): void {
    for (const call of [...this.#open.values()]) {
      if (call.due > now) continue;
      this.#abandon(call, call.due === call.lastDue ? 'maxTotal' : 'timeout', isWriting, tell);
    }
  }

  /** An answer came, or what was meant as one. */
  answered(
    reading: Extract<Reading, { readonly is: 'result' | 'error' | 'noAnswer' }>,
    cancelsTasks: boolean,
    tell: Telling,
  ): void {
    const { id } = reading;
    if (typeof id !== 'number') return;
    const call = this.#open.get(id);
    if (call === undefined) {
      const isLateTask = this.#givenUp.get(id) === true && reading.is === 'result';
      if (isLateTask && cancelsTasks) this.#cancelTask(reading.result, tell);
      this.#givenUp.delete(id);
      return;
    }
    const { outcome } = this.#settle(call, tell);
    const mine = outcomeOf(reading);
    const fits =
      'kind' in outcome && outcome.kind === 'malformedAnswer' ? reading.is === 'noAnswer' : isSame(outcome, mine);
    if (!fits) violate(`the answer ${inWords(reading)} settles its call as ${inWords(outcome)}`);
    if (call.isTask && call.hasToken && reading.is === 'result' && isObject(reading.result['task']))
      this.#tasks.add(id);
  }

  /** Progress came. */
  told(params: Params, now: number, tell: Telling): void {
    const { progressToken: token, progress } = params;
    if (typeof progress !== 'number' || !Number.isFinite(progress) || typeof token !== 'number') return;
    const call = this.#open.get(token);
    if (call?.hasToken === true) {
      const { item } = tell.expect('deliver', `progress of the call ${call.key}`);
      if (item.kind !== 'progress' || item.key !== call.key || item.progress !== progress) {
        violate(`the progress ${inWords(params)} is delivered as ${inWords(item)}`);
      }
      call.due = Math.min(now + call.timeoutMs, call.lastDue);
      return;
    }
    if (!this.#tasks.has(token)) return;
    const told = tell.accept('deliver', ({ item }) => item.kind === 'notification' && item.params === params);
    if (told === null && this.#remembers) violate(`the progress ${inWords(params)} of a task is lost`);
  }

  /** Everybody gets an answer now, in the order of sending. */
  lost(kind: Failure, tell: Telling): void {
    for (const call of [...this.#open.values()]) {
      const { outcome } = this.#settle(call, tell);
      if (outcome.ok || outcome.kind !== kind || !outcome.sent) {
        violate(`the end settles a call as ${inWords(outcome)}, not as ${kind}`);
      }
    }
  }

  #checkRefusal(outcome: Outcome, gate: Gate, method: string): void {
    const kind = gate.ends ?? 'refused';
    if (!outcome.ok && outcome.kind === kind && !outcome.sent) return;
    violate(`a call of ${method} that was not sent settles as ${inWords(outcome)}, not as ${kind}`);
  }

  #abandon(call: Open, kind: 'cancelled' | 'timeout' | 'maxTotal', isWriting: boolean, tell: Telling): void {
    const isNotice = ({ message }: { readonly message: Json }) =>
      isObject(message) &&
      message['method'] === 'notifications/cancelled' &&
      isObject(message['params']) &&
      message['params']['requestId'] === call.id;
    const isTold = isWriting && !call.isTask;
    if (isTold && tell.accept('send', isNotice) === null) {
      violate(`nobody is told that the call ${call.key} is given up`);
    }
    const { outcome } = this.#settle(call, tell);
    if (outcome.ok || outcome.kind !== kind || !outcome.sent) violate(`${kind} settles a call as ${inWords(outcome)}`);
    this.#givenUp.set(call.id, call.isTask);
  }

  #settle(call: Open, tell: Telling) {
    const settled = tell.expect('settle', `the call ${call.key} is to settle`);
    if (settled.key !== call.key) violate(`the call ${settled.key} settles where ${call.key} is to`);
    this.#open.delete(call.id);
    return settled;
  }

  #cancelTask(result: Params, tell: Telling): void {
    const task = result['task'];
    if (!isObject(task) || typeof task['taskId'] !== 'string') return;
    const { taskId } = task;
    const isIt = ({ message }: { readonly message: Json }) =>
      isObject(message) &&
      message['method'] === 'tasks/cancel' &&
      isObject(message['params']) &&
      message['params']['taskId'] === taskId;
    const sent = tell.accept('send', isIt);
    if (sent === null && this.#remembers) violate(`nobody cancels the task ${taskId}`);
    if (sent === null || !isObject(sent.message)) return;
    this.#givenUp.set(this.noteOwn(sent.message['id'], 'tasks/cancel'), false);
  }

  get #remembers(): boolean {
    return this.forgone <= REMEMBERED;
  }
}

function outcomeOf(reading: Extract<Reading, { readonly is: 'result' | 'error' | 'noAnswer' }>): Outcome | null {
  if (reading.is === 'result') return { ok: true, result: reading.result };
  return reading.is === 'error' ? { ok: false, kind: 'peer', error: reading.error } : null;
}

/** Nothing is copied on the way: what the application gets is what came. */
function isSame(one: Outcome, other: Outcome | null): boolean {
  if (other === null) return false;
  if (one.ok) return other.ok && one.result === other.result;
  return !other.ok && one.kind === 'peer' && other.kind === 'peer' && one.error === other.error;
}

/** What was asked is what is sent, but for the token. */
function checkParams(sent: Json | undefined, asked: Params | undefined, token: number | null, why: string): void {
  const meta = isObject(sent) ? sent['_meta'] : undefined;
  const told = isObject(meta) ? (meta['progressToken'] ?? null) : null;
  if (told !== token) violate(`${why} sends the progress token ${inWords(told)}, not ${inWords(token)}`);
  for (const [name, value] of Object.entries(asked ?? {})) {
    if (name !== '_meta' && (!isObject(sent) || sent[name] !== value))
      violate(`${why} sends other params: ${inWords(sent)}`);
  }
}
