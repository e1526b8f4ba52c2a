import type { Json } from '@mcp-lifeline/core';
import { UNREAD } from './channel.js';
import { CLIENT, type Frame, SERVER, TO_CLIENT, TO_SERVER } from './frame.js';
import { arrivalOf, type Happening } from './happening.js';
import { ABSENT, Interner, PairTable } from './intern.js';
import type { MoveTable } from './move-table.js';
import type { Script } from './script.js';
import type { Side, SideListener } from './side.js';
import { otherRole, type Role, type Slots, slotOf, slotsIn } from './wire-ids.js';

/** A script in the place of a core, in the frame of a world. */
export class ScriptSide implements Side {
  readonly role: Role;
  readonly isScript = true;
  readonly inbox: number;
  readonly outbox: number;
  readonly #column: number;
  readonly #script: Script;
  readonly #frame: Frame;
  readonly #moves: MoveTable;
  readonly #listener: SideListener;
  readonly #states = new Interner<Entry>();
  readonly #happenings = new Interner<Happening>();
  readonly #heard = new PairTable();

  constructor(script: Script, frame: Frame, moves: MoveTable, listener: SideListener) {
    const isClient = script.role === 'client';
    this.role = script.role;
    this.inbox = isClient ? TO_CLIENT : TO_SERVER;
    this.outbox = isClient ? TO_SERVER : TO_CLIENT;
    this.#column = isClient ? CLIENT : SERVER;
    this.#script = script;
    this.#frame = frame;
    this.#moves = moves;
    this.#listener = listener;
    this.#states.numberOf('dead', () => ({
      state: null,
      life: 'dead',
      slots: { client: 0, server: 0 },
      pings: 0,
      actions: [],
    }));
  }

  begin(): void {
    this.#frame.put(this.#column, this.#number(this.#script.initial, 'speaks'));
  }

  die(): void {
    this.#frame.put(this.#column, DEAD);
    this.#frame.put(this.inbox, UNREAD);
  }

  tell(happening: Happening): void {
    const number = this.#frame.at(this.#column);
    if (number === DEAD) return;
    const what = this.#happenings.numberOf(JSON.stringify(happening), () => happening);
    let next = this.#heard.get(number, what);
    if (next === ABSENT) {
      const { state, life } = this.#states.at(number);
      next = this.#number(this.#script.hear(state, happening), life);
      this.#heard.set(number, what, next);
    }
    this.#frame.put(this.#column, next);
  }

  arrive(item: number): void {
    this.tell(arrivalOf(this.#frame.channels.items.at(item)));
  }

  linkNow(): ReturnType<Side['linkNow']> {
    return LINKS[this.#entry().life];
  }

  describe(): string {
    const { state, life } = this.#entry();
    return life === 'dead' ? 'no process' : `a script: ${JSON.stringify(state)}`;
  }

  expand(begin: () => void, done: (move: number) => void): void {
    const entry = this.#entry();
    entry.actions ??= this.#actionsOf(entry);
    for (const { move, next, items, command } of entry.actions) {
      begin();
      this.#frame.put(this.#column, next);
      for (const item of items) this.#frame.push(this.outbox, item);
      if (command !== null) this.#listener.commanded(this, command);
      done(move);
    }
  }

  slots(of: Role): number {
    return this.#entry().slots[of];
  }

  pingsHeld(): number {
    return this.#entry().pings;
  }

  #entry(): Entry {
    return this.#states.at(this.#frame.at(this.#column));
  }

  #number(state: unknown, life: Entry['life']): number {
    const text = JSON.stringify(state);
    return this.#states.numberOf(`${life} ${text}`, () => {
      const held = life === 'speaks' ? this.#script.pingsHeld(state) : [];
      return { state, life, slots: slotsIn(text), pings: bitsOf(held, otherRole(this.role)), actions: null };
    });
  }

  #actionsOf({ state, life }: Entry): readonly Action[] {
    if (life !== 'speaks') return [];
    return this.#script.moves(state).map(({ name, fairness, next, sends, asks }) => ({
      move: this.#moves.number({ name: `${this.role}: ${name}`, fairness }),
      next: this.#number(next, asks?.type === 'endOutput' || asks?.type === 'exit' ? 'ended' : 'speaks'),
      items: sends.map((json) => this.#frame.channels.item({ kind: 'message', json })),
      command: asks === undefined ? null : { ...asks, from: 'open' },
    }));
  }
}

const DEAD = 0;

interface Entry {
  readonly state: unknown;
  readonly life: 'speaks' | 'ended' | 'dead';
  readonly slots: Slots;
  readonly pings: number;
  actions: readonly Action[] | null;
}

interface Action {
  readonly move: number;
  readonly next: number;
  readonly items: readonly number[];
  readonly command: Parameters<SideListener['commanded']>[1] | null;
}

const NO_LINK = { isForced: false, hasEnded: false, exit: null };
const LINKS: { readonly [L in Entry['life']]: ReturnType<Side['linkNow']> } = {
  speaks: { ...NO_LINK, link: 'open', canWrite: true, isDead: false },
  ended: { ...NO_LINK, link: 'ending', canWrite: false, isDead: false },
  dead: { ...NO_LINK, link: 'gone', canWrite: false, isDead: true },
};

function bitsOf(ids: readonly Json[], owner: Role): number {
  return ids.reduce<number>((bits, id) => bits | (1 << (slotOf(owner, id) ?? 0)), 0) & ~1;
}
