import type { Garble, Json } from '@mcp-lifeline/core';
import { isJsonObject } from '@mcp-lifeline/trace';
import { ABSENT, Interner, PairTable } from './intern.js';
import { type Role, type Slots, slotsIn } from './wire-ids.js';

/** What a channel carries from one side to the other. */
export type Item =
  | { readonly kind: 'message'; readonly json: Json }
  | { readonly kind: 'garbled'; readonly why: Garble }
  /** The end behind the last; or of both directions, so that nobody is left to answer. */
  | { readonly kind: 'end' }
  | { readonly kind: 'gone' };

/** The items that are under way, oldest first. */
export interface Content {
  readonly items: readonly number[];
  /** The wire ids that they mention. */
  readonly slots: Slots;
  /** The same of pings and pongs alone. */
  readonly pings: Slots;
}

/** An item, and what it mentions. */
type KnownItem = Item & Pick<Content, 'slots' | 'pings'> & { readonly isProgress: boolean };

/** What a channel holds whose reader is gone: nothing, whatever is written. */
export const UNREAD = 0;

/** What a channel holds to begin with. */
export const EMPTY = 1;

/** All that channels ever hold, by number. */
export class Channels {
  readonly items = new Interner<KnownItem>();
  readonly #contents = new Interner<Content>();
  readonly #pushed = new PairTable();
  readonly #shifted: number[] = [];

  constructor() {
    this.#contents.numberOf('unread', () => ({ items: [], slots: NO_SLOTS, pings: NO_SLOTS }));
    this.#number([]);
  }

  /** The number of an item. */
  item(item: Item): number {
    const text = JSON.stringify(item);
    return this.items.numberOf(text, () => {
      const slots = slotsIn(text);
      const method = methodOf(item);
      const pings = method === 'ping' || isPong(item) ? slots : NO_SLOTS;
      return { ...item, slots, pings, isProgress: method === 'notifications/progress' };
    });
  }

  at(content: number): Content {
    return this.#contents.at(content);
  }

  /** The oldest item; {@link ABSENT} where there is none. */
  head(content: number): number {
    return this.#contents.at(content).items[0] ?? ABSENT;
  }

  /** What is left without the oldest item. */
  shift(content: number): number {
    let rest = this.#shifted[content];
    if (rest === undefined) {
      rest = content === UNREAD ? UNREAD : this.#number(this.at(content).items.slice(1));
      this.#shifted[content] = rest;
    }
    return rest;
  }

  /** The same with one more item behind the last. */
  push(content: number, item: number): number {
    if (content === UNREAD) return UNREAD;
    const known = this.#pushed.get(content, item);
    if (known !== ABSENT) return known;
    const longer = this.#number([...this.at(content).items, item]);
    this.#pushed.set(content, item, longer);
    return longer;
  }

  /** Exactly these items. */
  of(items: readonly number[]): number {
    return this.#number(items);
  }

  #number(items: readonly number[]): number {
    return this.#contents.numberOf(items.join(), () => {
      const known = items.map((item) => this.items.at(item));
      return { items, slots: union(known.map(({ slots }) => slots)), pings: union(known.map(({ pings }) => pings)) };
    });
  }
}

const NO_SLOTS: Slots = { client: 0, server: 0 };

function union(sets: readonly Slots[]): Slots {
  const of = (role: Role) => sets.reduce((slots, set) => slots | set[role], 0);
  return { client: of('client'), server: of('server') };
}

function methodOf(item: Item): Json | undefined {
  return item.kind === 'message' && isJsonObject(item.json) ? item.json['method'] : undefined;
}

/** Nothing but a pong is an empty result here. */
function isPong(item: Item): boolean {
  if (item.kind !== 'message' || !isJsonObject(item.json)) return false;
  const { result } = item.json;
  return isJsonObject(result) && Object.keys(result).length === 0;
}
