import type { Config, Effect } from '@mcp-lifeline/core';
import { CLIENT_BASE, type LoneWorld, type Part, type Saying, SERVER_BASE, type Side } from './case.js';
import { createLink, type Link } from './link.js';
import { Player } from './player.js';
import { Rogue } from './rogue.js';
import type { Session, Stage } from './stage.js';

/** One core, and a peer that keeps no rule. */
export class LoneSession implements Session {
  readonly host = null;
  readonly #stage: Stage;
  readonly #player: Player;
  readonly #rogue: Rogue;
  readonly #link: Link;
  readonly #isByBytes: boolean;
  readonly #isByReference: boolean;
  #isOpen: boolean;
  #hasEnded = false;
  #isGone = false;

  constructor(stage: Stage, { role, config, link }: LoneWorld) {
    this.#stage = stage;
    this.#player = new Player(stage.subject, configOf(role, config), stage.now, false);
    this.#rogue = new Rogue(role);
    this.#isOpen = role === 'server';
    this.#isByBytes = link === 'bytes';
    this.#isByReference = link === 'reference';
    this.#link = createLink(link, (arrival) => {
      this.#player.heardAt = stage.now;
      stage.feed(this, this.#player, arrival);
    });
  }

  get players(): readonly Player[] {
    return [this.#player];
  }

  get isOver(): boolean {
    return this.#player.isClosed;
  }

  player(side: Side): Player | undefined {
    return side === this.#player.side ? this.#player : undefined;
  }

  link(to: Side): Link | undefined {
    return to === this.#player.side ? this.#link : undefined;
  }

  isListening(side: Side): boolean {
    return side === this.#player.side && this.#isOpen && !this.#isGone;
  }

  perform(player: Player, effect: Effect): void {
    this.#rogue.take([effect]);
    switch (effect.type) {
      case 'openChannel':
        if (player.side === 'client') player.pending.push({ type: 'opened' });
        break;
      case 'closeChannel':
        player.hasEnded = true;
        player.pending.push({ type: 'gone' });
        break;
      case 'cleanUp':
        player.pending.push({ type: 'cleanedUp' });
        break;
    }
  }

  performHost(): void {}

  complete(part: Part, nth: number): void {
    if (part !== this.#player.side) return;
    const { pending } = this.#player;
    const [happening] = pending.splice(nth % Math.max(1, pending.length), 1);
    if (happening === undefined) return;
    if (happening.type === 'gone') this.#gone();
    else this.#stage.feed(this, this.#player, happening);
    if (happening.type === 'opened') this.#isOpen = true;
  }

  breakPipe(side: Side): void {
    if (!this.isListening(side) || !this.#player.canWrite || this.#player.hasEnded) return;
    this.#player.canWrite = false;
    this.#stage.feed(this, this.#player, { type: 'writeFailed' });
  }

  crash(lost: number): void {
    if (!this.#isOpen) return;
    this.#link.lose(lost);
    this.end();
    this.#gone();
  }

  /** The peer sends no more. */
  end(): void {
    if (!this.#isOpen || this.#hasEnded) return;
    this.#hasEnded = true;
    this.#stage.audience?.saidEnd();
    this.#link.end();
  }

  /** The peer does its part of the handshake, as it should. */
  greet(): void {
    const version = this.#player.config.revisions.at(-1) ?? '';
    this.speak([{ as: 'handshake', version, isSound: true }], false);
    if (this.#player.side === 'server') this.speak([{ as: 'initialized' }], false);
  }

  /** The peer speaks: each saying alone, or all as one batch. */
  speak(sayings: readonly Saying[], isBatch: boolean): void {
    if (!this.#isOpen || this.#hasEnded || this.#isGone) return;
    const values = sayings.map((saying) => this.#rogue.say(saying));
    for (const value of isBatch ? [values] : values) this.#say(value);
  }

  speakBytes(hex: string): void {
    if (!this.#isOpen || this.#hasEnded || this.#isGone) return;
    const bytes = Buffer.from(hex, 'hex');
    this.#stage.audience?.saidText(bytes.toString('latin1'), bytes.length);
    this.#link.sendBytes(bytes);
    if (!this.#isByBytes) this.#link.deliver(ONE);
  }

  #say(value: unknown): void {
    // Only a link by reference carries what has no JSON text.
    if (!this.#isByReference && JSON.stringify(value) === undefined) return;
    this.#stage.audience?.said(value);
    this.#link.send(value);
    if (!this.#isByBytes) this.#link.deliver(ONE);
  }

  #gone(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#stage.feed(this, this.#player, { type: 'gone' });
  }
}

const ONE = { count: 1, cut: 0, every: 0 } as const;

function configOf(role: Side, config: LoneWorld['config']): Config {
  return (role === 'client' ? { ...CLIENT_BASE, ...config, role } : { ...SERVER_BASE, ...config, role }) as Config;
}
