import type { Answer, Effect, Input, Json, Params } from '@mcp-lifeline/core';
import type { Call, Misuse, Side } from './case.js';
import { isObject } from './reference/reading.js';
import { inWords, violate } from './violation.js';

/** An input without its time, which the player adds. */
export type Happening = Input extends infer I ? (I extends Input ? Omit<I, 'now'> : never) : never;

/** A call that was made and has not settled. */
interface Made {
  readonly wantsProgress: boolean;
  readonly isLabelled: boolean;
  readonly told: number[];
}

/** A request that is worked on. */
interface Handler {
  readonly label: Json;
  readonly makesTask: boolean;
  readonly wantsProgress: boolean;
  /** What was told of its progress. */
  readonly told: number[];
}

/**
 * What lives at one end: it makes calls, each with a label, and answers requests with the label that came and the progress
 * that it told. So a call knows by its answer whether it is its own, and whether progress was lost on the way.
 */
export class Application {
  readonly #calls = new Map<number, Made>();
  readonly #handlers = new Map<number, Handler>();
  readonly #settledLast: number[] = [];
  /** Whether the other end does the same. */
  readonly #isHonest: boolean;

  constructor(isHonest: boolean) {
    this.#isHonest = isHonest;
  }

  get openCalls(): number {
    return this.#calls.size;
  }

  get handlers(): number {
    return this.#handlers.size;
  }

  call(key: number, { method, asksForTask, wantsProgress, timeoutMs }: Call): Happening {
    const isLabelled = method !== 'ping';
    this.#calls.set(key, { wantsProgress: wantsProgress && isLabelled, isLabelled, told: [] });
    const params: Params = { label: key, ...(asksForTask ? { task: { ttl: 1_000 } } : {}) };
    return { type: 'call', key, method, params, wantsProgress, timeoutMs };
  }

  /** The key of the nth of the open calls and of the last that have settled: who cancels may be too late. */
  cancellableCall(nth: number): number | undefined {
    return pick([...this.#calls.keys(), ...this.#settledLast], nth);
  }

  /** What no state allows; undefined where there is no occasion. */
  misuse(how: Misuse, side: Side): Happening | undefined {
    const [used] = this.#calls.keys();
    switch (how) {
      case 'initialize':
        return { type: 'call', key: -1, method: 'initialize' };
      case 'usedKey':
        return used === undefined ? undefined : { type: 'call', key: used, method: 'x/custom' };
      case 'ownNotification':
        return { type: 'notify', method: 'notifications/cancelled', params: { requestId: 1 } };
      case 'endlessProgress':
        return { type: 'progress', key: 1, progress: Number.POSITIVE_INFINITY };
      case 'badDeadline':
        return { type: 'call', key: -1, method: 'x/custom', timeoutMs: -1 };
      case 'noTime':
        return { type: 'call', key: -1, method: 'x/custom', maxTotalMs: Number.NaN };
      case 'otherRole':
        return side === 'client' ? { type: 'signalled', signal: 'SIGTERM' } : undefined;
    }
  }

  /** More progress of the nth handler, or less than before. */
  progress(nth: number, goesBack: boolean): Happening | undefined {
    const [key, handler] = pick([...this.#handlers], nth) ?? [];
    if (key === undefined || handler === undefined) return undefined;
    const last = handler.told.at(-1) ?? 0;
    if (goesBack && handler.told.length > 0) return { type: 'progress', key, progress: last };
    if (handler.wantsProgress) handler.told.push(last + 1);
    return { type: 'progress', key, progress: last + 1 };
  }

  /** The answer of the nth handler. */
  answer(nth: number, fails: boolean): Happening | undefined {
    const [key, handler] = pick([...this.#handlers], nth) ?? [];
    if (key === undefined || handler === undefined) return undefined;
    this.#handlers.delete(key);
    const { label, told, makesTask } = handler;
    const task: Params = makesTask ? { task: { taskId: `task-${key}` } } : {};
    const answer: Answer = fails
      ? { error: { code: -32_000, message: 'no', data: { label } } }
      : { result: { label, told: [...told], ...task } };
    return { type: 'answer', key, answer };
  }

  /** Takes in what its core asks for. */
  take(effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (effect.type === 'settle') this.#settled(effect);
      else if (effect.type === 'abort') this.#handlers.delete(effect.key);
      else if (effect.type === 'deliver') this.#delivered(effect.item);
    }
  }

  #delivered(item: Extract<Effect, { readonly type: 'deliver' }>['item']): void {
    if (item.kind === 'progress') this.#calls.get(item.key)?.told.push(item.progress);
    if (item.kind !== 'request') return;
    const { label = null, task } = item.params ?? {};
    const { wantsProgress } = item;
    this.#handlers.set(item.key, { label, makesTask: task !== undefined, wantsProgress, told: [] });
  }

  #settled({ key, outcome }: Extract<Effect, { readonly type: 'settle' }>): void {
    const made = this.#calls.get(key);
    if (made === undefined) violate(`the call ${key} settles, and is not open`);
    this.#calls.delete(key);
    this.#settledLast.unshift(key);
    this.#settledLast.length = Math.min(this.#settledLast.length, 2);
    if (!this.#isHonest || !made.isLabelled) return;
    if (outcome.ok) {
      const { label, told } = outcome.result;
      if (label !== key) violate(`the call ${key} gets the answer to ${inWords(label)}`);
      if (made.wantsProgress) checkProgress(key, made.told, told);
      return;
    }
    const data = outcome.kind === 'peer' ? outcome.error.data : undefined;
    if (isObject(data) && data['label'] !== key) violate(`the call ${key} gets the error of ${inWords(data)}`);
  }
}

/** Nothing that was told before the answer is lost, and nothing comes in another order. */
function checkProgress(key: number, delivered: readonly number[], told: Json | undefined): void {
  const isWhole =
    Array.isArray(told) && told.length === delivered.length && told.every((one, at) => one === delivered[at]);
  if (!isWhole) violate(`of the progress ${inWords(told)} of the call ${key}, ${inWords(delivered)} arrived`);
}

function pick<T>(from: readonly T[], nth: number): T | undefined {
  return from[nth % Math.max(1, from.length)];
}
