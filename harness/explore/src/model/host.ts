import type { Delivery, Effect, TimerName } from '@mcp-lifeline/core';
import { NOTHING_TAPPED, type Tapped, tapEffects, tapInput } from '../observe/tapped.js';
import type { Budget } from './application.js';
import type { Deed } from './session-part.js';
import type { Role } from './wire-ids.js';

/**
 * What the environment of one core knows by itself: what it was asked to do and has not done yet. Whatever may happen to the core
 * follows from this and never from the core's own state, so that a broken core cannot hide what it breaks.
 */
export interface Host {
  /** The channel: `ending` once the core has asked for its end. */
  readonly link: 'none' | 'opening' | 'open' | 'ending' | 'gone';
  /** The core asked for its end at once. */
  readonly isForced: boolean;
  /** The peer's end was told. */
  readonly hasEnded: boolean;
  /** What is written is still read by somebody, as far as is known here. */
  readonly canWrite: boolean;
  /** Anything came in since the keepalive timer was armed. */
  readonly hasHeard: boolean;
  /** The timers that were asked for, each with whether the core knows its generation. */
  readonly timers: { readonly [N in TimerName]?: 'known' | 'unknown' };
  readonly tapped: Tapped;
  /** The calls that the application waits for, by key. */
  readonly calls: readonly number[];
  readonly handlers: readonly Handler[];
  readonly isCleaningUp: boolean;
  /** The application was told of the end. */
  readonly isOver: boolean;
  /** With which code its process is about to exit; null while it is not. */
  readonly exit: number | null;
  /** Its process is gone: nothing steps the core any more. */
  readonly isDead: boolean;
  /** What the application may still do. */
  readonly left: Budget;
}

/** A request of the peer's that the application works on. */
export interface Handler {
  readonly handle: number;
  readonly wantsProgress: boolean;
  /** It is to be answered with a task. */
  readonly wantsTask: boolean;
  /** How often it told of its progress. */
  readonly told: number;
  /** The core wants nothing of it any more; it may not have noticed. */
  readonly isAborted: boolean;
}

/** What a core asks for beyond what its own host can do; `from` is what the channel was like. */
export type Command =
  | { readonly type: 'open' | 'close' | 'kill'; readonly from: Host['link'] }
  /** The end of its output alone, as no core asks for it. */
  | { readonly type: 'endOutput'; readonly from: Host['link'] }
  | { readonly type: 'exit'; readonly code: number; readonly from: Host['link'] };

/** What the effects of a step come to. */
export interface Folded {
  readonly host: Host;
  /** The messages that are really written, in order. */
  readonly written: readonly Extract<Effect, { readonly type: 'send' }>['message'][];
  /** Done after everything is written. */
  readonly commands: readonly Command[];
}

/** How an application takes what it is told. */
export interface Manners {
  /** It may answer a request that was aborted. */
  readonly keepsAborted: boolean;
  /** It may ask for things after it was told of the end. */
  readonly afterEnd: boolean;
}

/** The host of a core before anything happened. */
export function newHost(role: Role, left: Budget): Host {
  return {
    // A server begins with its channel.
    link: role === 'server' ? 'open' : 'none',
    isForced: false,
    hasEnded: false,
    canWrite: true,
    hasHeard: false,
    timers: {},
    tapped: NOTHING_TAPPED,
    calls: [],
    handlers: [],
    isCleaningUp: false,
    isOver: false,
    exit: null,
    isDead: false,
    left,
  };
}

/** What is left of a host whose process is gone. */
export function deadHost(role: Role): Host {
  return { ...newHost(role, {}), link: 'gone', canWrite: false, isDead: true };
}

/** Takes in what happened to the core, and does what it asked for, in order and to the end. */
export function fold(before: Host, deed: Pick<Deed, 'input' | 'effects'>, manners: Manners): Folded {
  let host = noteInput({ ...before, tapped: tapInput(before.tapped, deed.input) }, deed);
  const written: Folded['written'][number][] = [];
  const commands: Command[] = [];
  for (const effect of deed.effects) {
    if (effect.type === 'send') {
      if (host.link === 'open' && host.canWrite) written.push(effect.message);
      continue;
    }
    const command = commandOf(effect, host);
    if (command !== null) commands.push(command);
    host = noteEffect(host, effect, manners);
  }
  return { host: { ...host, tapped: tapEffects(host.tapped, deed.effects) }, written, commands };
}

function noteInput(host: Host, { input }: Pick<Deed, 'input'>): Host {
  switch (input.type) {
    case 'opened':
      return { ...host, link: 'open' };
    case 'received':
    case 'garbled':
      return 'keepalive' in host.timers ? { ...host, hasHeard: true } : host;
    case 'ended':
      return { ...host, hasEnded: true };
    case 'writeFailed':
      return { ...host, canWrite: false };
    case 'gone':
      return { ...host, link: 'gone', canWrite: false };
    case 'elapsed':
      return { ...host, timers: without(host.timers, input.name) };
    case 'call':
      return { ...host, calls: [...host.calls, input.key].sort((a, b) => a - b) };
    case 'answer':
      return { ...host, handlers: host.handlers.filter(({ handle }) => handle !== input.key) };
    case 'cleanedUp':
      return { ...host, isCleaningUp: false };
    default:
      return host;
  }
}

function noteEffect(host: Host, effect: Effect, { keepsAborted, afterEnd }: Manners): Host {
  switch (effect.type) {
    case 'arm': {
      const timers = {
        ...without(host.timers, effect.name),
        [effect.name]: effect.generation > 0 ? 'known' : 'unknown',
      };
      return { ...host, timers: sorted(timers), hasHeard: effect.name === 'keepalive' ? false : host.hasHeard };
    }
    case 'disarm':
      return { ...host, timers: without(host.timers, effect.name) };
    case 'settle':
      return { ...host, calls: host.calls.filter((key) => key !== effect.key) };
    case 'deliver':
      return effect.item.kind === 'request' ? { ...host, handlers: [...host.handlers, handlerOf(effect.item)] } : host;
    case 'abort':
      return { ...host, handlers: withoutHandler(host.handlers, effect.key, keepsAborted) };
    case 'openChannel':
      return host.link === 'none' ? { ...host, link: 'opening' } : host;
    case 'closeChannel':
      if (host.link === 'none' || host.link === 'gone') return host;
      // What never opened has nothing to end in its own time.
      return {
        ...host,
        link: 'ending',
        canWrite: false,
        isForced: host.isForced || effect.mode === 'now' || host.link === 'opening',
      };
    case 'cleanUp':
      return { ...host, isCleaningUp: true };
    case 'phase':
      return effect.phase === 'closed' ? closed(host, afterEnd) : host;
    case 'exit':
      return { ...host, exit: effect.code };
    default:
      return host;
  }
}

/** Whoever was told of the end asks for nothing more, as a rule. What comes from outside still comes. */
function closed(host: Host, afterEnd: boolean): Host {
  const { signals = 0, uncaught = 0 } = host.left;
  const outside = { ...(signals > 0 ? { signals } : {}), ...(uncaught > 0 ? { uncaught } : {}) };
  return { ...host, isOver: true, handlers: [], left: afterEnd ? host.left : outside };
}

function commandOf(effect: Effect, host: Host): Command | null {
  const { link: from } = host;
  if (effect.type === 'openChannel') return from === 'none' ? { type: 'open', from } : null;
  if (effect.type !== 'closeChannel' || from === 'none' || from === 'gone') return null;
  return { type: effect.mode === 'now' ? 'kill' : 'close', from };
}

function handlerOf({ key, wantsProgress, params }: Extract<Delivery, { readonly kind: 'request' }>): Handler {
  return { handle: key, wantsProgress, wantsTask: params?.['task'] !== undefined, told: 0, isAborted: false };
}

function withoutHandler(handlers: Host['handlers'], handle: number, keepsAborted: boolean): Host['handlers'] {
  if (!keepsAborted) return handlers.filter((one) => one.handle !== handle);
  return handlers.map((one) => (one.handle === handle ? { ...one, isAborted: true } : one));
}

function without(timers: Host['timers'], name: TimerName): Host['timers'] {
  const { [name]: _, ...rest } = timers;
  return rest;
}

/** In one order, whichever was armed first. */
function sorted(timers: Host['timers']): Host['timers'] {
  return Object.fromEntries(Object.entries(timers).sort(([a], [b]) => (a < b ? -1 : 1)));
}
