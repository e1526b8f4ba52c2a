import { type Effect, type Input, type Json, type Params, type State, step, type TimerName } from '../../src/index.ts';
import type { Happening } from './drive.ts';

export type Role = 'client' | 'server';

/** One step that one side took. */
export interface Step {
  readonly side: Role;
  readonly before: State;
  readonly input: Input;
  readonly after: State;
  readonly effects: readonly Effect[];
}

/** Stands behind the last message of a channel. */
export const END: unique symbol = Symbol('end');

/** A request that the application works on. */
interface Handler {
  /** What it told of its progress. */
  readonly told: number[];
  readonly makesTask: boolean;
}

/** One core with its half of the channel, its timers, and an application that keeps the rules. */
export class PlayedSide {
  readonly role: Role;
  /** What is on its way to this side, oldest first. */
  readonly inbox: (Json | typeof END)[] = [];
  /** What it waits for because an effect asked for it. */
  readonly waitsFor: Happening[] = [];
  /** When anything last came, in ms. */
  heard: number;
  canWrite = true;
  /** It has told the other side that nothing more comes. */
  hasEnded = false;
  /** Nothing steps it any more. */
  isDead = false;
  #state: State;
  readonly #timers = new Map<TimerName, { readonly generation: number; readonly at: number }>();
  /** Expiries that may still be queued though their timer is not armed any more. */
  readonly #stale: { readonly name: TimerName; readonly generation: number }[] = [];
  readonly #calls = new Set<number>();
  readonly #handlers = new Map<number, Handler>();

  constructor(role: Role, state: State, now: number) {
    this.role = role;
    this.#state = state;
    this.heard = now;
  }

  get state(): State {
    return this.#state;
  }

  /** Steps it, and keeps account of what the effects mean for this side alone. */
  feed(happening: Happening, now: number): Step {
    const input = { ...happening, now } as Input;
    const before = this.#state;
    const [after, effects] = step(before, input);
    this.#state = after;
    for (const effect of effects) this.#note(effect);
    return { side: this.role, before, input, after, effects };
  }

  /** The nth armed timer, off the table: it has run out. */
  takeTimer(nth: number): { readonly at: number; readonly expiry: Happening } | undefined {
    const entry = pick([...this.#timers], nth);
    if (entry === undefined) return undefined;
    const [name, { at, generation }] = entry;
    this.#drop(name);
    return { at, expiry: { type: 'elapsed', name, generation, heard: this.heard } };
  }

  /** The oldest expiry that was queued before its timer was disarmed, armed anew, or ran out. */
  takeStale(): Happening | undefined {
    const stale = this.#stale.shift();
    return stale && { type: 'elapsed', ...stale, heard: this.heard };
  }

  /** A call of that key is made: it may settle in its own step. */
  noteCall(key: number): void {
    this.#calls.add(key);
  }

  /** The key of the nth open call. */
  openCall(nth: number): number | undefined {
    return pick([...this.#calls], nth);
  }

  /** More progress of the nth open handler. */
  progress(nth: number): Happening | undefined {
    const [key, handler] = pick([...this.#handlers], nth) ?? [];
    if (key === undefined || handler === undefined) return undefined;
    handler.told.push(handler.told.length);
    return { type: 'progress', key, progress: handler.told.length - 1 };
  }

  /** The answer of the nth open handler: the progress that it told, and a task where one was asked for. */
  answer(nth: number, fails: boolean): Happening | undefined {
    const [key, handler] = pick([...this.#handlers], nth) ?? [];
    if (key === undefined || handler === undefined) return undefined;
    this.#handlers.delete(key);
    if (fails) return { type: 'answer', key, answer: { error: { code: -32000, message: 'no' } } };
    const task: Params = handler.makesTask ? { task: { taskId: `task-${key}` } } : {};
    return { type: 'answer', key, answer: { result: { told: handler.told, ...task } } };
  }

  #note(effect: Effect): void {
    switch (effect.type) {
      case 'arm':
        if (this.#timers.has(effect.name)) this.#drop(effect.name);
        this.#timers.set(effect.name, effect);
        break;
      case 'disarm':
        this.#drop(effect.name);
        break;
      case 'settle':
        this.#calls.delete(effect.key);
        break;
      case 'deliver':
        if (effect.item.kind !== 'request') break;
        this.#handlers.set(effect.item.key, { told: [], makesTask: effect.item.params?.['task'] !== undefined });
        break;
      case 'abort':
        this.#handlers.delete(effect.key);
        break;
    }
  }

  #drop(name: TimerName): void {
    const timer = this.#timers.get(name);
    if (timer !== undefined) this.#stale.push({ name, generation: timer.generation });
    this.#timers.delete(name);
  }
}

function pick<T>(from: readonly T[], nth: number): T | undefined {
  return from[nth % Math.max(1, from.length)];
}
