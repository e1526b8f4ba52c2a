import { setImmediate as turn } from 'node:timers/promises';
import { type Exchange, requestMessage } from '@mcp-lifeline/peer';
import type { Json } from '@mcp-lifeline/trace';
import { type Act, type Case, idOf, isMessage, kindOf, type ReplyKind, type RequestAct } from './act.js';
import type { Ended, OpenLine, Patience } from './carrier.js';
import { type Transition, transition } from './lifecycle.js';
import { type Means, toolOf } from './means.js';
import {
  askedBy,
  cancellationOf,
  GARBAGE_TEXTS,
  initializeParams,
  ROOTS_CHANGED,
  STRAY_RESPONSE,
  UNKNOWN_CANCELLATION,
} from './messages.js';
import { SessionView } from './session-view.js';

/** What a run waits for when everything that is due is waited for: a wait that ran out is known by this name. */
export const DUE_ANSWERS = 'the answers that are due';

/** Later requests that are answered one after the other before a run is over. */
const FENCES = 3;

/** What was done, and what is left of it. */
export interface Played extends Ended {
  /** What each act was done in. */
  readonly transitions: readonly Transition[];
}

/** Does what a case says on a fresh server. Whatever happens, nothing of the server is left when this settles. */
export async function play(one: Case, open: OpenLine, means: Means, patience: Patience): Promise<Played> {
  const player = new Player(one, open, means, patience);
  let ending: 'close' | 'kill' = 'kill';
  let ended: Ended | undefined;
  try {
    ending = await player.play();
  } finally {
    ended = await open.finish(ending);
  }
  return { ...ended, transitions: player.transitions };
}

/** A request that was sent. */
interface Sent {
  readonly exchange: Exchange;
  readonly act: RequestAct;
  readonly sentAt: number;
  /** How long it takes by itself, in ms. */
  readonly takesMs: number;
  cancelledAt: number | null;
  /** It waits for an answer of ours that does not come. */
  isOwed: boolean;
}

class Player {
  readonly transitions: Transition[] = [];
  readonly #case: Case;
  readonly #open: OpenLine;
  readonly #means: Means;
  readonly #patience: Patience;
  readonly #view = new SessionView();
  readonly #sent: Sent[] = [];
  readonly #cancelled = new Set<string>();
  #reply: ReplyKind = 'at-once';
  #initialize: Exchange | null = null;
  #isReady = false;
  /** Whoever left the server's output unread reads it again when this settles. */
  #reading: Promise<void> = Promise.resolve();
  /** A wait ran out, or no session came about: what else could be done would show nothing. */
  #isHopeless = false;

  constructor(one: Case, open: OpenLine, means: Means, patience: Patience) {
    this.#case = one;
    this.#open = open;
    this.#means = means;
    this.#patience = patience;
  }

  /** Does it all, and says how the server is to be led out. */
  async play(): Promise<'close' | 'kill'> {
    const { acts } = this.#case;
    for (let index = 0; index < acts.length && !this.#isHopeless && !this.#line.isGone; ) {
      const next = acts.findIndex((act, at) => at > index && act.joined !== true);
      const group = acts.slice(index, next === -1 ? acts.length : next);
      for (const act of group) this.#reached(act);
      const [act] = group;
      if (act?.do === 'eof' || act?.do === 'sigterm') return this.#leave(act.do);
      if (group.length > 1) this.#line.send(...group.map((one) => this.#message(one)));
      else if (act !== undefined) await this.#do(act);
      index += group.length;
    }
    if (!this.#isHopeless) await this.#close();
    return 'kill';
  }

  get #line() {
    return this.#open.line;
  }

  #reached(act: Act): void {
    this.#view.see(this.#line.events);
    this.transitions.push(transition(this.#view.state(this.#cancelled), kindOf(act)));
  }

  async #do(act: Act): Promise<void> {
    if (isMessage(act)) return this.#line.send(this.#message(act));
    switch (act.do) {
      case 'initialized':
        return this.#initialized();
      case 'request':
        return this.#inPieces(act);
      case 'garbage':
        return this.#line.sendText(GARBAGE_TEXTS[act.text]);
      case 'reply':
        return this.#answer(act.how);
      case 'pause':
        return this.#line.hold('a pause', act.ms);
      case 'settle':
        return this.#settle(() => true);
      case 'stop-reading':
        this.#reading = Promise.all([this.#reading, this.#line.stopReading(act.ms)]).then(() => {});
        return;
      default:
    }
  }

  /** The message of an act; from here on it counts as sent. */
  #message(act: Act): Json {
    switch (act.do) {
      case 'initialize':
        this.#initialize = this.#line.prepare('initialize');
        return requestMessage(this.#initialize, initializeParams(this.#case.offer, act.declares));
      case 'request':
        return this.#request(act);
      case 'batch': {
        const requests = act.members.map((member) => this.#request(member));
        return act.hasNotification === true ? [ROOTS_CHANGED, ...requests] : requests;
      }
      case 'cancel':
        return this.#cancel(act.of);
      case 'cancel-unknown':
        return UNKNOWN_CANCELLATION;
      case 'tell-roots-changed':
        return ROOTS_CHANGED;
      case 'stray-response':
        return STRAY_RESPONSE;
      default:
        throw new Error(`${act.do} is no message`);
    }
  }

  #request(act: RequestAct): Json {
    const { method, params } = askedBy(act, this.#means);
    const exchange = this.#line.prepare(method, idOf(act));
    const takesMs = toolOf(act.ask, this.#means)?.takesMs ?? 0;
    const isOwed = act.ask === 'asking' && this.#reply === 'never';
    this.#sent.push({ exchange, act, sentAt: performance.now(), takesMs, cancelledAt: null, isOwed });
    return requestMessage(exchange, params);
  }

  #cancel(name: number): Json {
    const sent = this.#sent.find(({ act }) => act.as === name);
    if (sent === undefined) throw new Error(`there is no request ${name} to cancel`);
    sent.cancelledAt ??= performance.now();
    this.#cancelled.add(JSON.stringify(sent.exchange.id));
    return cancellationOf(sent.exchange.id);
  }

  async #inPieces(act: RequestAct): Promise<void> {
    const message = this.#request(act);
    const bytes = bytesOf([message]);
    const size = Math.ceil(bytes.length / (act.pieces ?? 1));
    const places = Array.from({ length: act.pieces ?? 1 }, (_, index) => index * size);
    await this.#line.sendFramed(
      'split',
      [message],
      places.map((place) => bytes.subarray(place, place + size)),
    );
  }

  #answer(how: ReplyKind): void {
    this.#reply = how;
    this.#open.answer(how);
    if (how !== 'never') return;
    for (const sent of this.#sent) if (sent.act.ask === 'asking' && sent.exchange.answer === null) sent.isOwed = true;
  }

  async #initialized(): Promise<void> {
    await this.#agreed();
    if (this.#isHopeless) return;
    this.#line.notify('notifications/initialized');
    this.#isReady = true;
  }

  /** Waits for the answer to `initialize`; without a result no session comes about. */
  async #agreed(): Promise<void> {
    const initialize = this.#initialize;
    await this.#reading;
    if (initialize === null) return;
    const isAnswered = () => initialize.answer !== null;
    const how = await this.#line.until(isAnswered, this.#patience.startMs, 'the answer to initialize');
    if (how === 'met' && initialize.answer !== null && 'result' in initialize.answer) return;
    this.#line.absent('handshake', how === 'met' ? 'initialize was refused' : 'initialize got no answer');
    this.#isHopeless = true;
  }

  /** Waits for the answers to these, those that are due: when it ran out, whatever else is open had its time too. */
  async #settle(which: (sent: Sent) => boolean): Promise<void> {
    await this.#agreed();
    const due = this.#sent.filter((sent) => sent.cancelledAt === null && !sent.isOwed && which(sent));
    if (!(await this.#answered(() => !due.some(isOpen)))) this.#isHopeless = true;
  }

  /** Each open call may take what it takes, one after the other, and the patience comes on top of it. */
  async #answered(condition: () => boolean): Promise<boolean> {
    const now = performance.now();
    const leftMs = this.#sent.filter(isOpen).map(({ sentAt, takesMs }) => Math.max(0, sentAt + 1.5 * takesMs - now));
    const forMs = leftMs.reduce((sum, ms) => sum + ms, this.#patience.answerMs);
    return (await this.#line.until(condition, forMs, DUE_ANSWERS)) === 'met';
  }

  /**
   * The end of a case that ends nothing by itself: the server gets the time to show what it does. A long call is not waited
   * for, unless something else waits behind it.
   */
  async #close(): Promise<void> {
    await this.#settle(({ act }) => act.ask !== 'long');
    await this.#heldBack();
    if (!this.#isHopeless) await this.#fence();
  }

  /** A cancelled call would be over after the time that it takes, and twice as long as it ran. */
  async #heldBack(): Promise<void> {
    const now = performance.now();
    const leftMs = this.#sent.filter(isOpen).map(({ sentAt, takesMs, cancelledAt }) => {
      if (cancelledAt === null || takesMs === 0) return 0;
      return Math.max(sentAt + 1.3 * takesMs, cancelledAt + 2.2 * (cancelledAt - sentAt)) - now;
    });
    const ms = Math.max(0, ...leftMs);
    if (ms > 0) await this.#line.hold('the answer to a cancelled call', ms);
  }

  async #fence(): Promise<void> {
    const hasTools = this.#isReady && this.#means.lists.includes('tools/list');
    for (let sent = 0; sent < FENCES && !this.#line.isGone; sent += 1) {
      const exchange = hasTools && sent % 2 === 1 ? this.#line.request('tools/list', {}) : this.#line.request('ping');
      if (await this.#answered(() => exchange.answer !== null)) continue;
      return this.#line.absent('fences', 'a later request was not answered');
    }
    // What was written behind the last answer is in the pipe by now.
    await turn();
  }

  /** Asks the server to leave, and waits until it does. */
  async #leave(how: 'eof' | 'sigterm'): Promise<'close' | 'kill'> {
    if (how === 'eof') this.#line.endInput();
    else this.#line.signal('SIGTERM');
    await this.#reading;
    const initialize = this.#initialize;
    // Whoever has not begun to listen cannot leave yet. Many leave without an answer.
    if (initialize !== null && how === 'eof') {
      const isAnswered = () => initialize.answer !== null;
      await this.#line.until(isAnswered, this.#patience.startMs, 'the answer to initialize');
    }
    const left = await this.#line.exited(this.#patience.leaveMs, 'an exit');
    return left === 'met' ? 'close' : 'kill';
  }
}

function isOpen({ exchange }: Sent): boolean {
  return exchange.answer === null;
}

function bytesOf(messages: readonly Json[]): Buffer {
  return Buffer.from(messages.map((message) => `${JSON.stringify(message)}\n`).join(''));
}
