import type { Effect } from '@mcp-lifeline/core';
import { inWords, violate } from '../violation.js';

/** The effects that somebody outside hears of: the peer, or the application. */
export type Told = Extract<Effect, { readonly type: 'send' | 'deliver' | 'settle' | 'abort' }>;

/** What one step tells, to be accounted for in its order and to the last. */
export class Telling {
  readonly #told: readonly Told[];
  #next = 0;

  constructor(effects: readonly Effect[]) {
    this.#told = effects.filter(isTold);
  }

  /** The next, without taking it. */
  get next(): Told | undefined {
    return this.#told[this.#next];
  }

  /** Takes the next, which has to be of this type. */
  expect<T extends Told['type']>(type: T, why: string): Extract<Told, { readonly type: T }> {
    const next = this.accept(type);
    return next ?? violate(`${why}: a ${type} is missing before ${inWords(this.next)}`);
  }

  /** Takes the next where it is of this type and fits; null where it does not. */
  accept<T extends Told['type']>(
    type: T,
    fits: (told: Extract<Told, { readonly type: T }>) => boolean = () => true,
  ): Extract<Told, { readonly type: T }> | null {
    const { next } = this;
    if (next === undefined || next.type !== type) return null;
    const told = next as Extract<Told, { readonly type: T }>;
    if (!fits(told)) return null;
    this.#next += 1;
    return told;
  }

  /** Nothing is left that nobody asked for. */
  finish(why: string): void {
    if (this.next !== undefined) violate(`${why}: nobody asked for ${inWords(this.next)}`);
  }
}

function isTold(effect: Effect): effect is Told {
  const { type } = effect;
  return type === 'send' || type === 'deliver' || type === 'settle' || type === 'abort';
}
