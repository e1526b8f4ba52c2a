import type { Effect } from '@mcp-lifeline/core';
import type { ProcessEffect } from '@mcp-lifeline/core/process';
import type { Happening } from './application.js';
import type { Part, Side } from './case.js';
import type { Host, HostStep, ProcessHappening } from './host.js';
import type { Link } from './link.js';
import type { PlayedStep, Player } from './player.js';
import type { WholeSubject } from './subject.js';

/** Hears of each step when it is done, before its effects are. */
export interface Audience {
  stepped(step: PlayedStep): void;
  hostStepped(step: HostStep): void;
  /** The peer of a lone core said a value, or (as text) what is no message. */
  said(value: unknown): void;
  saidText(text: string, bytes: number): void;
  /** It will say no more. */
  saidEnd(): void;
  /** The session is over. */
  ended(): void;
}

/** One session in its surroundings: whatever is neither a core nor its application. */
export interface Session {
  readonly players: readonly Player[];
  readonly host: Host | null;
  player(side: Side): Player | undefined;
  /** What is on its way to a side. */
  link(to: Side): Link | undefined;
  /** Whether what arrives at a side reaches its core. */
  isListening(side: Side): boolean;
  /** Does what a core asks for, but for what its application takes. */
  perform(player: Player, effect: Effect): void;
  performHost(effect: ProcessEffect): void;
  /** The nth of what a part waits for happens. */
  complete(part: Part, nth: number, fails: boolean): void;
  breakPipe(side: Side): void;
  crash(lost: number): void;
  /** The far end of the channel, or the server's process, ends its output and lives on. */
  end(): void;
  /** Nothing is left that could still happen. */
  readonly isOver: boolean;
}

/** The clock, and the one queue of inputs: each is stepped and its effects are done to the end before the next. */
export class Stage {
  readonly subject: WholeSubject;
  /** In ms. */
  now = FIRST_MS;
  /** How many steps all cores took so far. */
  steps = 0;
  audience: Audience | null = null;
  readonly #queue: (() => void)[] = [];
  #isBusy = false;

  constructor(subject: WholeSubject) {
    this.subject = subject;
  }

  feed(session: Session, player: Player, happening: Happening): void {
    this.#enqueue(() => {
      if (player.isDead) return;
      this.steps += 1;
      const step = player.take(happening, this.now);
      this.audience?.stepped(step);
      for (const effect of step.effects) session.perform(player, effect);
    });
  }

  feedHost(session: Session, host: Host, happening: ProcessHappening): void {
    this.#enqueue(() => {
      this.steps += 1;
      const step = host.take(happening, this.now);
      this.audience?.hostStepped(step);
      for (const effect of step.effects) session.performHost(effect);
    });
  }

  #enqueue(task: () => void): void {
    this.#queue.push(task);
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) next();
    } finally {
      this.#isBusy = false;
      this.#queue.length = 0;
    }
  }
}

/** Not zero, so that a time left out shows; a multiple of every rounding. */
const FIRST_MS = 1_000;
