import type { Json } from '@mcp-lifeline/core';
import type { PlannedCall } from './application.js';
import { UNREAD } from './channel.js';
import { describeCore, describeHost } from './describe.js';
import { CLIENT, CLIENT_HOST, type Frame, SERVER, SERVER_HOST, TO_CLIENT, TO_SERVER } from './frame.js';
import { arrivalOf, type Happening } from './happening.js';
import type { Host } from './host.js';
import type { HostAction, HostTable } from './host-table.js';
import type { NamesInUse, SessionPart } from './session-part.js';
import type { Side, SideListener } from './side.js';
import { freeSlot, type Role } from './wire-ids.js';

/** A core and its host, in the frame of a world. */
export class CoreSide implements Side {
  readonly role: Role;
  readonly isScript = false;
  readonly part: SessionPart;
  readonly hosts: HostTable;
  readonly inbox: number;
  readonly outbox: number;
  /** The columns of the core and its host. */
  readonly local: number;
  readonly host: number;
  readonly #frame: Frame;
  readonly #inUse: NamesInUse;
  readonly #listener: SideListener;
  /** What happens when an item arrives, by its number. */
  readonly #arrivals: number[] = [];
  readonly #lateArrivals: number[] = [];
  readonly #queue: number[] = [];
  readonly #calls = new Map<PlannedCall, number[]>();

  /** @param slotsInUse tells which slots of its own requests are in use in the world, as bits. */
  constructor(part: SessionPart, hosts: HostTable, frame: Frame, slotsInUse: () => number, listener: SideListener) {
    const isClient = part.role === 'client';
    this.role = part.role;
    this.part = part;
    this.hosts = hosts;
    this.local = isClient ? CLIENT : SERVER;
    this.host = isClient ? CLIENT_HOST : SERVER_HOST;
    this.inbox = isClient ? TO_CLIENT : TO_SERVER;
    this.outbox = isClient ? TO_SERVER : TO_CLIENT;
    this.#frame = frame;
    this.#listener = listener;
    const handles = () => part.locals.at(frame.at(this.local)).handles | hosts.entries.at(frame.at(this.host)).handles;
    this.#inUse = { slots: slotsInUse, handles };
  }

  begin(): void {
    this.#frame.put(this.local, this.part.open());
    this.#frame.put(this.host, this.hosts.initial());
  }

  die(): void {
    this.#frame.put(this.local, this.part.open());
    this.#frame.put(this.host, this.hosts.dead());
    this.#frame.put(this.inbox, UNREAD);
  }

  tell(happening: Happening): void {
    this.#feed(this.part.happening(happening));
  }

  arrive(item: number, isLate = false): void {
    const arrivals = isLate ? this.#lateArrivals : this.#arrivals;
    arrivals[item] ??= this.part.happening(arrivalOf(this.#frame.channels.items.at(item), isLate));
    this.#feed(arrivals[item]);
  }

  linkNow(): Host {
    return this.hosts.at(this.#frame.at(this.host));
  }

  /** What `abstract` tells of its core in a row. */
  seen(row: Int32Array): Json {
    return this.part.locals.at(row[this.local] as number).seen;
  }

  seenNumber(row: Int32Array): number {
    return this.part.locals.at(row[this.local] as number).seenNumber;
  }

  expand(begin: () => void, done: (move: number) => void, mayEndInterval: boolean): void {
    for (const action of this.hosts.moves(this.#frame.at(this.host))) {
      if (action.endsInterval && !mayEndInterval) continue;
      begin();
      this.#act(action);
      done(action.move);
    }
  }

  describe(): string {
    const host = this.linkNow();
    if (host.isDead) return describeHost(host);
    const { seen } = this.part.locals.at(this.#frame.at(this.local));
    return `${describeCore(seen)}; ${describeHost(host)}`;
  }

  slots(of: Role): number {
    const known = this.part.locals.at(this.#frame.at(this.local)).slots[of];
    return of === this.role ? known | this.hosts.entries.at(this.#frame.at(this.host)).keys : known;
  }

  /** What was sent before the end of its channel is answered at once, or never. */
  pingsHeld(): number {
    return 0;
  }

  #act({ happening, call, host }: HostAction): void {
    this.#frame.put(this.host, host);
    this.#feed(call === null ? happening : this.#happeningOf(call));
  }

  /** What comes up while it steps waits its turn. */
  #feed(happening: number): void {
    this.#queue.push(happening);
    if (this.#queue.length > 1) return;
    for (; this.#queue.length > 0; this.#queue.shift()) this.#step(this.#queue[0] as number);
  }

  /** Steps the core and does what it asks for, in order and to the end. */
  #step(happening: number): void {
    const frame = this.#frame;
    const step = this.part.step(frame.at(this.local), happening, this.#inUse);
    const host = frame.at(this.host);
    const outcome = this.hosts.fold(host, step.deed);
    frame.put(this.local, step.after);
    frame.put(this.host, outcome.host);
    for (const item of outcome.written) frame.push(this.outbox, item);
    this.#listener.stepped(this.role, step, host);
    for (const command of outcome.commands) this.#listener.commanded(this, command);
  }

  /** A call is known to its application by the slot that it gets on the wire. */
  #happeningOf(call: PlannedCall): number {
    const key = freeSlot(this.#inUse.slots());
    let known = this.#calls.get(call);
    if (known === undefined) {
      known = [];
      this.#calls.set(call, known);
    }
    const { most: _, ...asked } = call;
    known[key] ??= this.part.happening({ type: 'call', key, ...asked });
    return known[key];
  }
}
