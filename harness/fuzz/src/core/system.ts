import type { World } from './case.js';
import { LoneSession } from './lone-session.js';
import { PagePair, ProcessPair } from './pair-session.js';
import type { Audience, Session } from './stage.js';
import { Stage } from './stage.js';
import type { WholeSubject } from './subject.js';
import { violate } from './violation.js';

/** Who hears of the steps of a session that begins, if anybody. */
export type AudienceOf = (session: Session, stage: Stage) => Audience | null;

/** A chain of sessions on one clock: at most one at a time, and the next only when it is over. */
export class System {
  readonly stage: Stage;
  readonly world: World;
  /** The present session, or the last. */
  session: Session | null = null;
  /** How many sessions were begun. */
  sessions = 0;
  readonly #audienceOf: AudienceOf;
  #nextKey = 1;

  constructor(subject: WholeSubject, world: World, audienceOf: AudienceOf = () => null) {
    this.stage = new Stage(subject);
    this.world = world;
    this.#audienceOf = audienceOf;
  }

  /** A key that no call had before. */
  takeKey(): number {
    this.#nextKey += 1;
    return this.#nextKey;
  }

  /** Begins a session, where none is open. */
  reopen(isShaken: boolean): void {
    if (this.session !== null && !this.session.isOver) return;
    this.#checkEnd();
    this.session = this.#begin();
    this.sessions += 1;
    this.stage.audience = this.#audienceOf(this.session, this.stage);
    if (isShaken) shake(this.stage, this.session, this.world);
  }

  /** Lets everything arrive and every handler answer, and then leads both sides out; timers run out as they are due. */
  finish(): void {
    const { session, stage } = this;
    if (session === null) return;
    rest(stage, session);
    for (const player of session.players) {
      // Over stdio a server ends when its client does.
      if (session.host === null || player.side === 'client') stage.feed(session, player, { type: 'close' });
    }
    for (let left = MOST_ROUNDS; !session.isOver; left -= 1) {
      if (left === 0) violate('the session never ends');
      settleDown(session);
      if (!session.isOver) expireFirst(stage, session);
    }
    this.#checkEnd();
  }

  #begin(): Session {
    const { stage, world } = this;
    if (world.kind === 'lone') return new LoneSession(stage, world);
    return world.host === 'page' ? new PagePair(stage, world) : new ProcessPair(stage, world);
  }

  /** Whoever is closed owes nobody anything: a process that is gone does not care. */
  #checkEnd(): void {
    for (const { application, isClosed, isDead, side } of this.session?.players ?? []) {
      if (isDead || !isClosed) continue;
      if (application.openCalls > 0) violate(`the ${side} is closed, and ${application.openCalls} calls are open`);
      if (application.handlers > 0) violate(`the ${side} is closed, and ${application.handlers} handlers work on`);
    }
    this.stage.audience?.ended();
    this.stage.audience = null;
  }
}

/** More rounds than any session needs to end. */
const MOST_ROUNDS = 200;
/** More rounds than there can be messages on their way. */
const MOST_EXCHANGES = 20_000;

const EVERYTHING = { count: 1_000, cut: 0, every: 0 } as const;

/**
 * Everything arrives and every handler answers. After that no call is open between two sides that are ready: nothing was
 * lost, and nobody waits for what has been answered.
 */
function rest(stage: Stage, session: Session): void {
  for (let left = MOST_EXCHANGES; left > 0; left -= 1) {
    settleDown(session);
    const answers = session.players.flatMap((player) => {
      const answer = player.isDead ? undefined : player.application.answer(0, false);
      return answer === undefined ? [] : [{ player, answer }];
    });
    if (answers.length === 0) break;
    for (const { player, answer } of answers) stage.feed(session, player, answer);
  }
  const [one, other] = session.players;
  if (one === undefined || other === undefined) return;
  const isQuiet = [one, other].every(({ account, canWrite, isDead }) => account.isReady && canWrite && !isDead);
  for (const { side, application } of isQuiet ? [one, other] : []) {
    if (application.openCalls > 0) violate(`all is quiet, and the ${side} waits for ${application.openCalls} answers`);
  }
}

/** What is on its way arrives, and what was asked for is done; timers stand still. */
function settleDown(session: Session): void {
  for (let left = MOST_EXCHANGES; left > 0; left -= 1) {
    let isIdle = true;
    for (const side of ['client', 'server'] as const) {
      const link = session.link(side);
      if (link === undefined || link.isIdle || !session.isListening(side)) continue;
      isIdle = false;
      link.deliver(EVERYTHING);
    }
    for (const { side, pending, isDead } of session.players) {
      if (isDead || pending.length === 0) continue;
      isIdle = false;
      session.complete(side, 0, false);
    }
    if ((session.host?.pending.length ?? 0) > 0) {
      isIdle = false;
      session.complete('host', 0, false);
    }
    if (isIdle) return;
  }
  violate('the session never comes to rest');
}

/** The timer that is due first runs out. */
function expireFirst(stage: Stage, session: Session): void {
  const armed = session.players.flatMap((player) =>
    player.isDead ? [] : player.timers.byDue.map((timer) => ({ timer, player })),
  );
  const ours = armed.sort((a, b) => a.timer.at - b.timer.at)[0];
  const host = session.host?.timers.byDue[0];
  if (session.host && host !== undefined && (ours === undefined || host.at <= ours.timer.at)) {
    stage.now = Math.max(stage.now, host.at);
    stage.feedHost(session, session.host, { type: 'elapsed', name: host.name, generation: host.generation });
  } else if (ours !== undefined) {
    const { timer, player } = ours;
    stage.now = Math.max(stage.now, timer.at);
    const { name, generation } = timer;
    stage.feed(session, player, { type: 'elapsed', name, generation, heard: player.heardAt });
  } else {
    violate('the session waits for nothing and is not over');
  }
}

/** Leads a session through its handshake. */
function shake(stage: Stage, session: Session, world: World): void {
  const client = session.player('client');
  if (client !== undefined) stage.feed(session, client, { type: 'start' });
  settleDown(session);
  if (world.kind === 'lone' && session instanceof LoneSession) {
    session.greet();
    settleDown(session);
  }
}
