import type { ClientConfig, ServerConfig } from '@mcp-lifeline/core';
import type { ProcessConfig } from '@mcp-lifeline/core/process';
import type { MoveInfo, Observation, System } from '../contract.js';
import { type CoreUnderTest, ours } from '../core-under-test.js';
import type { Step } from '../exploration.js';
import type { Parts } from '../properties/property.js';
import type { WatcherGroup } from '../watchers/group.js';
import type { Plan } from './application.js';
import { Channels } from './channel.js';
import { CoreSide } from './core-side.js';
import type { Exercise } from './coverage.js';
import { describeCore, describeItem } from './describe.js';
import { FaultMoves } from './fault-moves.js';
import type { Faults } from './faults.js';
import { Frame, PROCESS, TO_CLIENT, TO_SERVER, WATCHERS, WIDTH } from './frame.js';
import type { Command } from './host.js';
import { HostTable } from './host-table.js';
import { ABSENT } from './intern.js';
import type { Link } from './link.js';
import { MoveTable } from './move-table.js';
import { Observing } from './observing.js';
import { PlainLink } from './plain-link.js';
import { ProcessLink } from './process-link.js';
import { ProcessPart, type ProcessStep } from './process-part.js';
import type { Script } from './script.js';
import { ScriptSide } from './script-side.js';
import { SessionPart, type SessionStep } from './session-part.js';
import type { Side, SideListener } from './side.js';
import { Watching } from './watching.js';
import { otherRole, type Role } from './wire-ids.js';

/** A core with what its application may do, or a script in its place. */
export type SideOptions<C> = { readonly config: C; readonly plan: Plan } | Script;

/** What a world consists of. */
export interface WorldOptions {
  readonly client: SideOptions<ClientConfig>;
  readonly server: SideOptions<ServerConfig>;
  /** Absent: the server is no child process of the client's. */
  readonly process?: { readonly config: ProcessConfig; readonly hasDescendant: boolean };
  /** Progress may come so late that it moves the deadline of a call as far as it goes. */
  readonly lateProgress?: boolean;
  readonly faults: Faults;
}

/** All that a session consists of, as a system to be walked through. */
export class World implements System, SideListener {
  readonly width = WIDTH;
  readonly channels = new Channels();
  readonly moves = new MoveTable();
  readonly watching: Watching;
  readonly client: Side;
  readonly server: Side;
  readonly process: ProcessPart | null;
  readonly #options: WorldOptions;
  readonly #core: CoreUnderTest;
  readonly #frame: Frame;
  readonly #link: Link;
  readonly #faults: FaultMoves;
  readonly #observing: Observing;

  constructor(options: WorldOptions, groups: readonly WatcherGroup[], core: CoreUnderTest = ours) {
    this.#options = options;
    this.#core = core;
    this.watching = new Watching(groups);
    this.#frame = new Frame(this.channels);
    this.#observing = new Observing(this.watching, this.#frame);
    this.client = this.#side('client');
    this.server = this.#side('server');
    this.process = options.process === undefined ? null : new ProcessPart(core, options.process.config);
    this.#link = this.#linkOf(this.process);
    this.#faults = new FaultMoves(options.faults, this.#frame, this.#link, [this.client, this.server], this.moves);
  }

  initial(): Int32Array {
    const frame = this.#frame;
    frame.row.fill(0);
    this.client.begin();
    this.#link.begin();
    this.#faults.begin();
    frame.put(WATCHERS, this.watching.initial());
    this.#observing.begin();
    for (const side of [this.client, this.server]) {
      if (side instanceof CoreSide) this.#observing.opened(side.part.config);
    }
    return frame.row.slice();
  }

  expand(row: Int32Array, visit: (move: number, next: Int32Array) => void): void {
    const frame = this.#frame;
    const begin = () => {
      frame.begin(row);
      this.#observing.begin();
    };
    const done = (move: number) => {
      this.#observing.moved(move, this.moves.at(move).name);
      visit(move, frame.row);
    };
    for (const side of [this.client, this.server]) {
      begin();
      this.#expandArrival(side, begin, done);
      begin();
      side.expand(begin, done, this.#mayEndInterval(side));
    }
    begin();
    this.#link.expand(begin, done);
    begin();
    this.#faults.expand(begin, done);
  }

  move(move: number): MoveInfo {
    return this.moves.at(move);
  }

  /** A state in words: a line for each part that has something to say. */
  describe(row: Int32Array): readonly string[] {
    this.#frame.begin(row);
    const channel = (number: number) =>
      this.channels.at(number).items.map((item) => describeItem(this.channels.items.at(item)));
    const lines = {
      client: this.client.describe(),
      server: this.server.describe(),
      'to the server': channel(row[TO_SERVER] as number).join(', '),
      'to the client': channel(row[TO_CLIENT] as number).join(', '),
      process: this.process === null ? '' : describeCore(this.process.locals.at(row[PROCESS] as number).seen),
    };
    return Object.entries(lines).flatMap(([part, line]) => (line === '' ? [] : [`${part}: ${line}`]));
  }

  /** What its parts are in, as numbers: rows with the same numbers have the same parts. */
  partNumbers(row: Int32Array): readonly number[] {
    return [
      this.client instanceof CoreSide ? this.client.seenNumber(row) : 0,
      this.server instanceof CoreSide ? this.server.seenNumber(row) : 0,
      this.#isGone(row) ? 1 : 0,
      row[PROCESS] as number,
      this.channels.at(row[TO_SERVER] as number).items.length,
      this.channels.at(row[TO_CLIENT] as number).items.length,
    ];
  }

  /** What its parts are in. */
  parts(row: Int32Array): Parts {
    return {
      client: this.client instanceof CoreSide ? this.client.seen(row) : null,
      server: this.server instanceof CoreSide ? this.server.seen(row) : null,
      process: this.process?.locals.at(row[PROCESS] as number).seen ?? null,
      toServer: this.channels.at(row[TO_SERVER] as number).items.length,
      toClient: this.channels.at(row[TO_CLIENT] as number).items.length,
      serverIsGone: this.#isGone(row),
    };
  }

  /** What has happened to its cores so far, in which states of their machines. */
  exercises(): ReadonlySet<Exercise> {
    const parts = [this.client, this.server].flatMap((side) => (side instanceof CoreSide ? [side.part] : []));
    return new Set([...parts.flatMap((part) => part.exercises()), ...(this.process?.exercises() ?? [])]);
  }

  /** What was observed in one step, in order. */
  observations({ from, move, to }: Step): readonly Observation[] {
    const found: (readonly Observation[])[] = [];
    this.#observing.during(() =>
      this.expand(from, (taken, next) => {
        if (taken === move && next.every((value, column) => value === to[column])) found.push(this.#observing.seen);
      }),
    );
    const [first] = found;
    if (first === undefined) throw new Error('there is no such step');
    return first;
  }

  stepped(role: Role, step: SessionStep, host: number): void {
    const side = this[role];
    if (side instanceof CoreSide) this.#observing.sessionStepped(side, step, host);
  }

  commanded(side: Side, command: Command): void {
    this.#link.command(side, command);
  }

  #isGone(row: Int32Array): boolean {
    this.#frame.begin(row);
    return this.server.linkNow().isDead;
  }

  #expandArrival(side: Side, begin: () => void, done: (move: number) => void): void {
    const head = this.channels.head(this.#frame.at(side.inbox));
    if (head === ABSENT || !this.#link.mayArrive(side)) return;
    this.#arrive(side, head, false);
    done(this.moves.number(ARRIVALS[side.role]));
    if (this.#options.lateProgress !== true || !this.channels.items.at(head).isProgress) return;
    begin();
    this.#arrive(side, head, true);
    done(this.moves.number(LATE_ARRIVALS[side.role]));
  }

  #arrive(side: Side, head: number, isLate: boolean): void {
    this.#frame.put(side.inbox, this.channels.shift(this.#frame.at(side.inbox)));
    if (this.channels.items.at(head).kind === 'end') this.#link.end(side);
    else if (this.#link.isListening(side)) side.arrive(head, isLate);
  }

  /**
   * No ping and no pong takes as long as a whole interval of keepalive, unless it never comes. Without that bound on delay a
   * session could send pings for ever that do not arrive, while anything else arrives.
   */
  #mayEndInterval({ role, inbox, outbox }: Side): boolean {
    const under = (channel: number) => this.channels.at(this.#frame.at(channel)).pings[role];
    return (under(inbox) | under(outbox) | this[otherRole(role)].pingsHeld()) === 0;
  }

  #side(role: Role): Side {
    const options = this.#options[role];
    if (!('config' in options)) return new ScriptSide(options, this.#frame, this.moves, this);
    const { config, plan } = options;
    const part = new SessionPart(this.#core, config, 'config' in this.#options[otherRole(role)] ? 'slots' : 'any');
    const opensAlone = role === 'client' && this.#options.process === undefined;
    const hosts = new HostTable({ role, plan, opensAlone }, part, this.channels, this.moves);
    return new CoreSide(part, hosts, this.#frame, () => this.#slotsInUse(role), this);
  }

  #linkOf(part: ProcessPart | null): Link {
    const [frame, moves, client, server] = [this.#frame, this.moves, this.client, this.server];
    if (part === null) return new PlainLink(frame, client, server, moves);
    const hasDescendant = this.#options.process?.hasDescendant ?? false;
    const stepped = (step: ProcessStep) => this.#observing.processStepped(part, step);
    return new ProcessLink({ frame, part, moves, client, server, hasDescendant, stepped });
  }

  #slotsInUse(of: Role): number {
    const remembered = this.watching.slots(this.#frame.at(WATCHERS))[of];
    const under = (channel: number) => this.channels.at(this.#frame.at(channel)).slots[of];
    return remembered | under(TO_SERVER) | under(TO_CLIENT) | this.client.slots(of) | this.server.slots(of);
  }
}

const ARRIVALS: { readonly [R in Role]: MoveInfo } = {
  client: { name: 'client: what was sent to it arrives', fairness: 'weak' },
  server: { name: 'server: what was sent to it arrives', fairness: 'weak' },
};

const LATE_ARRIVALS: { readonly [R in Role]: MoveInfo } = {
  client: { name: 'client: what was sent to it arrives late', fairness: 'none' },
  server: { name: 'server: what was sent to it arrives late', fairness: 'none' },
};
