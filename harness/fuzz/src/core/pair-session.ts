import type { Effect } from '@mcp-lifeline/core';
import type { ProcessEffect } from '@mcp-lifeline/core/process';
import { CLIENT_BASE, type PairWorld, type Part, SERVER_BASE, type Side } from './case.js';
import { Host } from './host.js';
import { type Arrival, createLink, type Link } from './link.js';
import { Player } from './player.js';
import type { Session, Stage } from './stage.js';

/** What both kinds of pairs have in common: two honest cores, and a link each way. */
abstract class Pair implements Session {
  abstract readonly host: Host | null;
  readonly client: Player;
  readonly server: Player;
  protected readonly stage: Stage;
  readonly #links: { readonly [S in Side]: Link };
  /** Whoever has no open channel hears nothing. */
  protected readonly open = { client: false, server: true };

  constructor(stage: Stage, world: PairWorld) {
    this.stage = stage;
    this.client = new Player(stage.subject, { ...CLIENT_BASE, ...world.client, role: 'client' }, stage.now, true);
    this.server = new Player(stage.subject, { ...SERVER_BASE, ...world.server, role: 'server' }, stage.now, true);
    this.#links = {
      client: createLink(world.link, (arrival) => this.arrive(this.client, arrival)),
      server: createLink(world.link, (arrival) => this.arrive(this.server, arrival)),
    };
  }

  get players(): readonly Player[] {
    return [this.client, this.server];
  }

  abstract get isOver(): boolean;

  player(side: Side): Player {
    return side === 'client' ? this.client : this.server;
  }

  link(to: Side): Link {
    return this.#links[to];
  }

  isListening(side: Side): boolean {
    return this.open[side] && !this.player(side).isDead;
  }

  perform(player: Player, effect: Effect): void {
    switch (effect.type) {
      case 'openChannel':
        this.openChannel(player);
        break;
      case 'send':
        if (player.canWrite) this.link(otherThan(player.side)).send(effect.message);
        break;
      case 'closeChannel':
        this.closeChannel(player, effect.mode);
        break;
      case 'cleanUp':
        player.pending.push({ type: 'cleanedUp' });
        break;
      case 'exit':
        this.exit(effect.code);
        break;
    }
  }

  abstract performHost(effect: ProcessEffect): void;
  abstract complete(part: Part, nth: number, fails: boolean): void;
  abstract crash(lost: number): void;

  end(): void {}

  breakPipe(side: Side): void {
    const player = this.player(side);
    if (!this.isListening(side) || !player.canWrite || player.hasEnded) return;
    player.canWrite = false;
    this.stage.feed(this, player, { type: 'writeFailed' });
  }

  protected abstract openChannel(player: Player): void;
  protected abstract closeChannel(player: Player, mode: 'graceful' | 'now'): void;
  protected abstract exit(code: number): void;

  protected arrive(player: Player, arrival: Arrival): void {
    player.heardAt = this.stage.now;
    this.stage.feed(this, player, arrival);
  }

  /** Takes the nth of what a player waits for. */
  protected completeOf(player: Player, nth: number): void {
    const [happening] = player.pending.splice(nth % Math.max(1, player.pending.length), 1);
    if (happening === undefined) return;
    if (happening.type === 'opened') this.open[player.side] = true;
    this.stage.feed(this, player, happening);
  }
}

/** Both in one process, which stays when they are gone: a channel ends when both have closed it, or one has killed it. */
export class PagePair extends Pair {
  readonly host = null;
  #isGone = false;

  constructor(stage: Stage, world: PairWorld) {
    super(stage, world);
    this.openChannel(this.server);
  }

  get isOver(): boolean {
    return this.client.isClosed && this.server.isClosed;
  }

  performHost(): void {}

  complete(part: Part, nth: number): void {
    if (part !== 'host') this.completeOf(this.player(part), nth);
  }

  crash(): void {
    this.#kill();
  }

  protected openChannel(player: Player): void {
    player.pending.push({ type: 'opened' });
  }

  protected closeChannel(player: Player, mode: 'graceful' | 'now'): void {
    player.hasEnded = true;
    if (mode === 'now') this.#kill();
    else this.link(otherThan(player.side)).end();
    if (this.client.hasEnded && this.server.hasEnded) this.#tellGone();
  }

  protected exit(): void {}

  #kill(): void {
    for (const side of ['client', 'server'] as const) {
      this.link(side).drop();
      this.player(side).hasEnded = true;
    }
    this.#tellGone();
  }

  #tellGone(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    for (const player of this.players) player.pending.push({ type: 'gone' });
  }
}

/** The client leads the server's process, as over stdio. */
export class ProcessPair extends Pair {
  readonly host: Host;
  /** The client has closed its channel: what becomes of the process is told by its end alone. */
  #isClosing = false;

  constructor(stage: Stage, world: PairWorld) {
    super(stage, world);
    this.host = new Host(stage.subject, world.descendant, stage.now);
    this.server.isDead = true;
    this.server.pending.push({ type: 'opened' });
  }

  get isOver(): boolean {
    return this.client.isClosed && this.server.isDead && (this.host.isOver || !this.host.hasStarted);
  }

  performHost(effect: ProcessEffect): void {
    switch (effect.type) {
      case 'spawn':
        this.host.pending.push({ type: 'spawned' });
        break;
      case 'endInput':
        this.client.hasEnded = true;
        this.link('server').end();
        break;
      case 'signalGroup':
        this.#signal(effect.signal);
        break;
      case 'watchGroup':
        this.host.watch();
        break;
      case 'stopReading':
        this.link('client').drop();
        if (this.open.client) this.stage.feed(this, this.client, { type: 'ended' });
        break;
      case 'over':
        this.stage.feed(this, this.client, { type: 'gone' });
        break;
    }
  }

  complete(part: Part, nth: number, fails: boolean): void {
    if (part !== 'host') {
      const player = this.player(part);
      if (!player.isDead) this.completeOf(player, nth);
      return;
    }
    const [happening] = this.host.pending.splice(nth % Math.max(1, this.host.pending.length), 1);
    if (happening === undefined) return;
    if (happening.type !== 'spawned') this.stage.feedHost(this, this.host, happening);
    else if (fails) this.stage.feedHost(this, this.host, { type: 'spawnFailed', code: 'ENOENT' });
    else this.#spawned();
  }

  override breakPipe(side: Side): void {
    const wasWriting = this.client.canWrite;
    super.breakPipe(side);
    const isBroken = wasWriting && !this.client.canWrite;
    if (isBroken) this.stage.feedHost(this, this.host, { type: 'inputBroken' });
  }

  crash(lost: number): void {
    if (this.host.isAlive) this.#die(1, null, lost);
  }

  override end(): void {
    if (!this.host.isAlive) return;
    this.server.canWrite = false;
    this.link('client').end();
  }

  protected openChannel(player: Player): void {
    if (player === this.client) this.stage.feedHost(this, this.host, { type: 'start' });
  }

  protected closeChannel(player: Player, mode: 'graceful' | 'now'): void {
    if (player === this.server) return;
    this.#isClosing = true;
    this.stage.feedHost(this, this.host, { type: mode === 'graceful' ? 'close' : 'kill' });
  }

  protected exit(code: number): void {
    this.#die(code, null, 0);
  }

  protected override arrive(player: Player, arrival: Arrival): void {
    super.arrive(player, arrival);
    if (player !== this.client || arrival.type !== 'ended') return;
    this.stage.feedHost(this, this.host, { type: 'outputEnded' });
  }

  #spawned(): void {
    this.host.isAlive = true;
    this.server.isDead = false;
    // Whoever closed the channel meanwhile waits for its end alone.
    if (this.#isClosing) {
      this.open.client = false;
    } else {
      this.open.client = true;
      this.stage.feed(this, this.client, { type: 'opened' });
    }
    this.stage.feedHost(this, this.host, { type: 'spawned' });
  }

  #signal(signal: 'SIGTERM' | 'SIGKILL'): void {
    if (signal === 'SIGKILL') this.#die(null, signal, 0);
    else if (!this.server.isDead) this.server.pending.push({ type: 'signalled', signal });
    this.host.signalDescendant(signal);
    this.#mayEndOutput();
  }

  #die(code: number | null, signal: string | null, lost: number): void {
    this.server.isDead = true;
    this.server.pending.length = 0;
    this.link('server').drop();
    this.link('client').lose(lost);
    this.host.leaderGone(code, signal);
    this.#mayEndOutput();
  }

  #mayEndOutput(): void {
    if (this.host.isGroupGone) this.link('client').end();
  }
}

/** The other side. */
function otherThan(side: Side): Side {
  return side === 'client' ? 'server' : 'client';
}
