import { type ClientConfig, type Effect, open, phase, type ServerConfig } from '../../src/index.ts';
import type { Happening } from './drive.ts';
import { END, PlayedSide, type Role, type Step } from './played-side.ts';

export type { Role, Step } from './played-side.ts';

/** What may happen next; what cannot happen now is passed over. `nth` picks among what is open, counted round. */
export type Move =
  /** The oldest message, or the end behind the last, reaches a side. */
  | { readonly type: 'deliver'; readonly side: Role }
  /** What an effect asked for is done: the channel is open, the clean-up is over, the channel is gone. */
  | { readonly type: 'complete'; readonly side: Role }
  /** A timer runs out, however far the clock has to move for that. */
  | { readonly type: 'expire'; readonly side: Role; readonly nth: number }
  /** An expiry comes that was queued before its timer was disarmed. */
  | { readonly type: 'expireStale'; readonly side: Role }
  | { readonly type: 'wait'; readonly ms: number }
  | { readonly type: 'start' }
  | { readonly type: 'call'; readonly side: Role; readonly call: Call }
  | { readonly type: 'cancel'; readonly side: Role; readonly nth: number }
  | { readonly type: 'notify'; readonly side: Role; readonly method: string }
  | { readonly type: 'progress'; readonly side: Role; readonly nth: number }
  | { readonly type: 'answer'; readonly side: Role; readonly nth: number; readonly fails: boolean }
  | { readonly type: 'close' | 'kill'; readonly side: Role }
  | { readonly type: 'signal' | 'uncaught' }
  /** A side can write no more. */
  | { readonly type: 'breakPipe'; readonly side: Role }
  /** The server's process is gone. */
  | { readonly type: 'crash' };

export interface Call {
  readonly method: string;
  readonly asksForTask: boolean;
  readonly wantsProgress: boolean;
  readonly timeoutMs: number;
}

/**
 * A client and a server on one clock, linked by two FIFO channels whose messages go through JSON.
 *
 * The world is that of stdio: the server is a process of its own, which a client ends by closing its half of the
 * channel or by force, and whose end ends the channel.
 */
export class LinkedPair {
  /** All steps so far, in order. */
  readonly steps: Step[] = [];
  readonly client: PlayedSide;
  readonly server: PlayedSide;
  #now: number;
  #nextKey = 1;

  /** Opens both; the clock begins at `start`, in ms. */
  constructor(client: ClientConfig, server: ServerConfig, start = 1_000) {
    this.#now = start;
    this.client = new PlayedSide('client', open(client, start)[0], start);
    this.server = new PlayedSide('server', open(server, start)[0], start);
  }

  move(move: Move): void {
    switch (move.type) {
      case 'deliver':
        this.#deliver(this[move.side]);
        break;
      case 'complete':
        this.#feed(this[move.side], this[move.side].waitsFor.shift());
        break;
      case 'expire':
        this.#expire(this[move.side], move.nth);
        break;
      case 'expireStale':
        this.#feed(this[move.side], this[move.side].takeStale());
        break;
      case 'wait':
        this.#now += move.ms;
        break;
      case 'breakPipe':
        this.#breakPipe(this[move.side]);
        break;
      case 'crash':
        this.#endProcess();
        break;
      default:
        this.#act(move);
    }
  }

  /** Ends both sides, and gives them all they wait for; timers stand still. */
  finish(): void {
    const sides = ['client', 'server'] as const;
    for (const type of ['close', 'kill'] as const) for (const side of sides) this.move({ type, side });
    const hasMore = () => sides.some((role) => this[role].inbox.length > 0 || this[role].waitsFor.length > 0);
    for (let left = MOST_MOVES; left > 0 && hasMore(); left -= 1) {
      for (const side of sides) {
        this.move({ type: 'deliver', side });
        this.move({ type: 'complete', side });
      }
    }
  }

  /** What an application does, or whoever runs it. */
  #act(move: Exclude<Move, { readonly type: WorldMove }>): void {
    switch (move.type) {
      case 'start':
        this.#feed(this.client, { type: 'start' });
        break;
      case 'call':
        this.#call(this[move.side], move.call);
        break;
      case 'cancel': {
        const key = this[move.side].openCall(move.nth);
        if (key !== undefined) this.#feed(this[move.side], { type: 'cancel', key });
        break;
      }
      case 'notify':
        this.#feed(this[move.side], { type: 'notify', method: move.method });
        break;
      case 'progress':
        this.#feed(this[move.side], this[move.side].progress(move.nth));
        break;
      case 'answer':
        this.#feed(this[move.side], this[move.side].answer(move.nth, move.fails));
        break;
      case 'close':
      case 'kill':
        this.#feed(this[move.side], { type: move.type });
        break;
      case 'signal':
        this.#feed(this.server, { type: 'signalled', signal: 'SIGTERM' });
        break;
      case 'uncaught':
        this.#feed(this.server, { type: 'uncaught', message: 'x' });
        break;
    }
  }

  #feed(side: PlayedSide, happening: Happening | undefined): void {
    if (side.isDead || happening === undefined) return;
    const step = side.feed(happening, this.#now);
    this.steps.push(step);
    for (const effect of step.effects) this.#carryOut(side, effect);
  }

  #carryOut(side: PlayedSide, effect: Effect): void {
    switch (effect.type) {
      case 'openChannel':
        // A server begins with its channel.
        if (side === this.client) side.waitsFor.push({ type: 'opened' });
        break;
      case 'send':
        if (side.canWrite) this.#otherOf(side).inbox.push(JSON.parse(JSON.stringify(effect.message)));
        break;
      case 'closeChannel':
        this.#closeChannel(side, effect.mode);
        break;
      case 'cleanUp':
        side.waitsFor.push({ type: 'cleanedUp' });
        break;
      case 'exit':
        this.#endProcess();
        break;
    }
  }

  #closeChannel(side: PlayedSide, mode: 'graceful' | 'now'): void {
    const isOpening = side.waitsFor.some(({ type }) => type === 'opened');
    if (side === this.client && isOpening) {
      side.waitsFor.length = 0;
      this.#endProcess();
    } else if (side === this.client && mode === 'now') {
      this.#endProcess();
    }
    this.#end(side);
  }

  #end(side: PlayedSide): void {
    if (!side.hasEnded) this.#otherOf(side).inbox.push(END);
    side.hasEnded = true;
  }

  #endProcess(): void {
    this.server.isDead = true;
    this.server.waitsFor.length = 0;
    this.#end(this.server);
  }

  #deliver(to: PlayedSide): void {
    if (to.waitsFor.some(({ type }) => type === 'opened')) return;
    const item = to.inbox.shift();
    if (item === undefined) return;
    to.heard = this.#now;
    this.#feed(to, item === END ? { type: 'ended' } : { type: 'received', json: item });
    if (item === END && to === this.client) to.waitsFor.push({ type: 'gone' });
  }

  #expire(side: PlayedSide, nth: number): void {
    const timer = side.isDead ? undefined : side.takeTimer(nth);
    if (timer === undefined) return;
    this.#now = Math.max(this.#now, timer.at);
    this.#feed(side, timer.expiry);
  }

  #call(side: PlayedSide, { method, asksForTask, wantsProgress, timeoutMs }: Call): void {
    const key = this.#nextKey;
    this.#nextKey += 1;
    side.noteCall(key);
    const params = asksForTask ? { task: { ttl: 1_000 } } : {};
    this.#feed(side, { type: 'call', key, method, params, wantsProgress, timeoutMs });
  }

  #breakPipe(side: PlayedSide): void {
    // Who has not begun to write, or has stopped, does not notice.
    if (side.hasEnded || !side.canWrite || phase(side.state) === 'opening') return;
    side.canWrite = false;
    this.#feed(side, { type: 'writeFailed' });
  }

  #otherOf(side: PlayedSide): PlayedSide {
    return side === this.client ? this.server : this.client;
  }
}

/** More rounds than any pair needs to end once both were killed. */
const MOST_MOVES = 1_000;

type WorldMove = 'deliver' | 'complete' | 'expire' | 'expireStale' | 'wait' | 'breakPipe' | 'crash';
