import type { Move, Part, Side } from './case.js';
import { LoneSession } from './lone-session.js';
import type { Player } from './player.js';
import type { Session, Stage } from './stage.js';
import type { System } from './system.js';

/** Lets one move happen, or passes it over where it cannot. */
export function act(system: System, move: Move): void {
  if (move.type === 'reopen') {
    system.reopen(move.isShaken);
    return;
  }
  const { session, stage } = system;
  if (session === null) return;
  switch (move.type) {
    case 'deliver':
      if (session.isListening(move.to)) session.link(move.to)?.deliver(move);
      break;
    case 'deliverBatch':
      if (hasBatches(session, move.to)) session.link(move.to)?.deliverBatch(move.count);
      break;
    case 'garble':
      if (session.isListening(move.to)) session.link(move.to)?.garble(move.text);
      break;
    case 'complete':
      session.complete(move.part, move.nth, move.fails);
      break;
    case 'expire':
      expire(stage, session, move.part, move.nth, move.lateMs);
      break;
    case 'expireStale':
      expireStale(stage, session, move.part, move.nth);
      break;
    case 'wait':
      stage.now = Math.max(0, stage.now + move.ms);
      break;
    case 'restore':
      partOf(session, move.part)?.restore(move.shiftMs);
      break;
    case 'breakPipe':
      session.breakPipe(move.side);
      break;
    case 'crash':
      session.crash(move.lost);
      break;
    case 'end':
      session.end();
      break;
    case 'speak':
      if (session instanceof LoneSession) session.speak(move.sayings, move.isBatch);
      break;
    case 'speakBytes':
      if (session instanceof LoneSession) session.speakBytes(move.hex);
      break;
    default:
      actAsApplication(system, session, move);
  }
}

type WorldMove =
  | 'reopen'
  | 'deliver'
  | 'deliverBatch'
  | 'garble'
  | 'complete'
  | 'expire'
  | 'expireStale'
  | 'wait'
  | 'restore'
  | 'breakPipe'
  | 'crash'
  | 'end'
  | 'speak'
  | 'speakBytes';

/** What an application does, or whoever runs it. */
function actAsApplication(system: System, session: Session, move: Exclude<Move, { readonly type: WorldMove }>): void {
  const { stage } = system;
  const player = session.player(sideOf(move));
  if (player === undefined || player.isDead) return;
  const { application } = player;
  const feed = (happening: Parameters<Stage['feed']>[2] | undefined): void => {
    if (happening !== undefined) stage.feed(session, player, happening);
  };
  switch (move.type) {
    case 'start':
      feed({ type: 'start' });
      break;
    case 'call':
      feed(application.call(system.takeKey(), move.call));
      break;
    case 'cancel': {
      const key = application.cancellableCall(move.nth);
      if (key !== undefined) feed({ type: 'cancel', key, reason: 'enough' });
      break;
    }
    case 'notify':
      feed({ type: 'notify', method: move.method, params: { label: system.takeKey() } });
      break;
    case 'progress':
      feed(application.progress(move.nth, move.goesBack));
      break;
    case 'answer':
      feed(application.answer(move.nth, move.fails));
      break;
    case 'close':
    case 'kill':
      feed({ type: move.type });
      break;
    case 'misuse': {
      const happening = application.misuse(move.how, move.side);
      if (happening !== undefined) player.misuse(happening, stage.now);
      break;
    }
    case 'signal':
      feed({ type: 'signalled', signal: move.signal });
      break;
    case 'uncaught':
      feed({ type: 'uncaught', message: 'x' });
      break;
  }
}

function sideOf(move: Exclude<Move, { readonly type: WorldMove }>): Side {
  if ('side' in move) return move.side;
  return move.type === 'start' ? 'client' : 'server';
}

/** Batches are for whoever has agreed on the one revision that has them. */
function hasBatches(session: Session, to: Side): boolean {
  return session.isListening(to) && session.players.every(({ account }) => account.revision === '2025-03-26');
}

function partOf(session: Session, part: Part): { restore(shiftMs: number): void } | null {
  if (part === 'host') return session.host;
  const player = session.player(part);
  return player === undefined || player.isDead ? null : player;
}

function expire(stage: Stage, session: Session, part: Part, nth: number, lateMs: number): void {
  const { host } = session;
  if (part === 'host') {
    const timer = host?.timers.byDue[nth % Math.max(1, host.timers.size)];
    if (host === null || timer === undefined) return;
    stage.now = Math.max(stage.now, timer.at + lateMs);
    stage.feedHost(session, host, { type: 'elapsed', name: timer.name, generation: timer.generation });
    return;
  }
  const player = livePlayer(session, part);
  const timer = player?.timers.byDue[nth % Math.max(1, player.timers.size)];
  if (player === undefined || timer === undefined) return;
  stage.now = Math.max(stage.now, timer.at + lateMs);
  const { name, generation } = timer;
  stage.feed(session, player, { type: 'elapsed', name, generation, heard: player.heardAt });
}

function expireStale(stage: Stage, session: Session, part: Part, nth: number): void {
  const { host } = session;
  if (part === 'host') {
    const timer = host?.timers.stale(nth);
    if (host === null || timer === undefined) return;
    stage.feedHost(session, host, { type: 'elapsed', name: timer.name, generation: timer.generation });
    return;
  }
  const player = livePlayer(session, part);
  const timer = player?.timers.stale(nth);
  if (player === undefined || timer === undefined) return;
  const { name, generation } = timer;
  stage.feed(session, player, { type: 'elapsed', name, generation, heard: player.heardAt });
}

function livePlayer(session: Session, side: Side): Player | undefined {
  const player = session.player(side);
  return player === undefined || player.isDead ? undefined : player;
}
