import type { Config, Effect, Input, Why } from '@mcp-lifeline/core';
import { violate } from '../violation.js';

/** What else decides whether a session ends. */
export interface Facts {
  /** How many handlers are left after this step. */
  readonly handlers: number;
  /** Why the session cannot go on, as far as only messages and pings tell. */
  readonly hopeless: Why | null;
}

/** What a step made of the session: nothing, it cannot write any more, or it is on its way out for good. */
export type Turned = 'no' | 'mute' | 'over';

/** How a session ends, as whoever watches it from outside can tell. */
export interface Ending {
  /** What comes in counts. */
  readonly isHearing: boolean;
  readonly isWriting: boolean;
  /** A server on its way out whose handlers may still answer. */
  readonly isFinishing: boolean;
  /** The first cause of the end; null while there is none. */
  readonly cause: Why | null;
  /** Takes in a step, whose expiry, if it is one, is not stale. */
  see(input: Input, effects: readonly Effect[], facts: Facts): Turned;
}

/** Nothing has happened yet. */
export function endingOf(config: Config): Ending {
  return config.role === 'client' ? new ClientEnding() : new ServerEnding(config.drainMs > 0);
}

/** How calls settle at such an end: by our own doing, or with the peer. */
export function lossOf(cause: Why): 'closed' | 'connectionLost' {
  const withPeer: readonly Why[] = ['peerEnded', 'peerGone', 'neverOpened', 'writeFailed', 'silent'];
  return withPeer.includes(cause) ? 'connectionLost' : 'closed';
}

class ClientEnding implements Ending {
  readonly isFinishing = false;
  isHearing = false;
  isWriting = false;
  cause: Why | null = null;
  #hasStarted = false;
  #hasOpened = false;
  #isMute = false;
  #isOver = false;
  #isForced = false;
  #isClosed = false;
  #wasAsked = false;

  see(input: Input, effects: readonly Effect[], facts: Facts): Turned {
    const told = endsIn(effects);
    if (this.#isClosed) return quiet(told, 'a closed client');
    const turned = this.#isOver ? this.#seeClosing(input, told) : this.#seeOpen(input, told, facts);
    if (input.type === 'close' || input.type === 'kill') this.#wasAsked = true;
    checkCause(effects, this.cause);
    return turned;
  }

  #seeOpen(input: Input, told: Told, facts: Facts): Turned {
    if (input.type === 'start') this.#hasStarted = true;
    if (input.type === 'opened' && this.#hasStarted && !this.#hasOpened) {
      this.#hasOpened = true;
      this.isHearing = true;
      this.isWriting = true;
    }
    const end = this.#endOf(input, facts);
    this.cause ??= end === 'no' ? null : this.#causeOf(input, facts);
    const isMuted = input.type === 'writeFailed' && this.#hasOpened && !this.#isMute;
    if (isMuted) {
      this.#isMute = true;
      this.isWriting = false;
    }
    const isOver = told.modes.length > 0 || told.isClosed;
    if (isOver !== (end === 'must')) violate(`${input.type} ${isOver ? 'ends' : 'does not end'} the session`);
    if (!isOver) return isMuted ? 'mute' : 'no';
    this.#isOver = true;
    this.isHearing = false;
    this.isWriting = false;
    this.#isForced = input.type === 'kill' && this.#hasStarted;
    this.#isClosed = input.type === 'gone' || !this.#hasStarted;
    if (told.isClosed !== this.#isClosed)
      violate(`${input.type} ${told.isClosed ? 'closes' : 'does not close'} at once`);
    const modes = this.#isClosed ? '' : this.#isForced ? 'now' : 'graceful';
    if (told.modes.join() !== modes) violate(`${input.type} ends the channel: ${told.modes.join() || 'not at all'}`);
    return 'over';
  }

  /** Whether this input ends a session that does not end yet; `mute` for a cause that lets it be heard out. */
  #endOf(input: Input, { hopeless }: Facts): 'must' | 'mute' | 'no' {
    if (hopeless !== null) return 'must';
    switch (input.type) {
      case 'close':
      case 'kill':
        return 'must';
      case 'ended':
      case 'gone':
        return this.#hasStarted ? 'must' : 'no';
      case 'writeFailed':
        if (!this.#hasStarted || this.#isMute) return 'no';
        return this.#hasOpened ? 'mute' : 'must';
      case 'elapsed':
        return input.name === 'startup' || input.name === 'hearOut' ? 'must' : 'no';
      default:
        return 'no';
    }
  }

  #causeOf(input: Input, { hopeless }: Facts): Why {
    if (hopeless !== null) return hopeless;
    switch (input.type) {
      case 'ended':
        return 'peerEnded';
      case 'gone':
        return this.#hasOpened ? 'peerGone' : 'neverOpened';
      case 'writeFailed':
        return 'writeFailed';
      case 'elapsed':
        return 'startup';
      default:
        return 'asked';
    }
  }

  #seeClosing(input: Input, told: Told): Turned {
    const isLate = input.type === 'elapsed' && input.name === 'closing';
    const isImpatient = input.type === 'kill' || (input.type === 'close' && this.#wasAsked);
    const forces = !this.#isForced && (isLate || isImpatient);
    const closes = isLate || input.type === 'gone';
    if (told.isClosed !== closes)
      violate(`${input.type} ${closes ? 'does not close' : 'closes'} a client on its way out`);
    if (told.modes.join() !== (forces ? 'now' : ''))
      violate(`${input.type} ends the channel: ${told.modes.join() || 'not'}`);
    this.#isForced ||= forces;
    this.#isClosed = closes;
    return 'no';
  }
}

class ServerEnding implements Ending {
  isHearing = true;
  isWriting = true;
  isFinishing = false;
  cause: Why | null = null;
  readonly #mayDrain: boolean;
  #isOver = false;
  #isClosed = false;
  #wasAsked = false;
  /** 128 and the number of the last signal. */
  #signalCode: number | null = null;

  constructor(mayDrain: boolean) {
    this.#mayDrain = mayDrain;
  }

  see(input: Input, effects: readonly Effect[], facts: Facts): Turned {
    const told = endsIn(effects);
    if (this.#isClosed) return quiet(told, 'a server that has exited');
    const wasFirstSignal = this.#signalCode === null;
    if (input.type === 'signalled') this.#signalCode = SIGNAL_CODES[input.signal];
    const code = this.#exitCodeOf(input, wasFirstSignal);
    const turned = this.#isOver ? 'no' : this.#seeOpen(input, told, facts, code !== null);
    if (input.type === 'close' || input.type === 'kill') this.#wasAsked = true;
    if (told.exitCode !== code) violate(`${input.type} exits with ${told.exitCode}, where ${code} was to come`);
    if (told.isClosed !== (code !== null))
      violate(`${input.type} ${told.isClosed ? 'closes' : 'does not close'} the server`);
    const modes = code === null ? '' : input.type === 'uncaught' ? 'now' : 'graceful';
    if (told.modes.join() !== modes) violate(`${input.type} ends the channel: ${told.modes.join() || 'not at all'}`);
    this.#isClosed = code !== null;
    checkCause(effects, this.cause);
    return turned;
  }

  #seeOpen(input: Input, told: Told, facts: Facts, exits: boolean): Turned {
    const end = this.#endOf(input, facts);
    this.cause ??= end === 'no' ? null : this.#causeOf(input, facts);
    if (end === 'finish') this.isFinishing = true;
    const isOver = told.cleansUp || told.isClosed;
    if (isOver !== (end === 'must')) violate(`${input.type} ${isOver ? 'ends' : 'does not end'} the session`);
    if (!isOver) return 'no';
    // A clean-up runs on every graceful way out, and on no other.
    if (told.cleansUp === exits) violate(`${input.type} runs ${exits ? 'a' : 'no'} clean-up`);
    this.#isOver = true;
    this.isHearing = false;
    this.isWriting = false;
    this.isFinishing = false;
    return 'over';
  }

  #endOf(input: Input, { handlers, hopeless }: Facts): 'must' | 'finish' | 'no' {
    if (hopeless !== null) return 'must';
    switch (input.type) {
      case 'kill':
      case 'uncaught':
      case 'gone':
      case 'writeFailed':
        return 'must';
      case 'signalled':
        return this.isFinishing || !this.#mayDrain || handlers === 0 ? 'must' : 'finish';
      case 'ended':
      case 'close':
        if (this.isFinishing) return input.type === 'close' && this.#wasAsked ? 'must' : 'no';
        return !this.#mayDrain || handlers === 0 ? 'must' : 'finish';
      case 'received':
      case 'answer':
        return this.isFinishing && handlers === 0 ? 'must' : 'no';
      case 'elapsed':
        return input.name === 'drain' ? 'must' : 'no';
      default:
        return 'no';
    }
  }

  #causeOf(input: Input, { hopeless }: Facts): Why {
    if (hopeless !== null) return hopeless;
    switch (input.type) {
      case 'ended':
        return 'peerEnded';
      case 'gone':
        return 'peerGone';
      case 'writeFailed':
        return 'writeFailed';
      case 'signalled':
        return 'signal';
      case 'uncaught':
        return 'uncaught';
      default:
        return 'asked';
    }
  }

  /** The code that this input makes the process exit with; null where it does not. */
  #exitCodeOf(input: Input, isFirstSignal: boolean): number | null {
    const cutShort = this.#signalCode ?? SIGNAL_CODES.SIGTERM;
    const isLeaving = this.#isOver || this.isFinishing;
    switch (input.type) {
      case 'kill':
        return cutShort;
      case 'uncaught':
        return 1;
      case 'signalled':
        return isLeaving && !isFirstSignal ? cutShort : null;
      case 'close':
        return isLeaving && this.#wasAsked ? cutShort : null;
      case 'cleanedUp':
        return this.#isOver ? 0 : null;
      case 'elapsed':
        return input.name === 'cleanUp' ? cutShort : null;
      default:
        return null;
    }
  }
}

const SIGNAL_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** What a step says of the end. */
interface Told {
  readonly modes: readonly string[];
  readonly isClosed: boolean;
  readonly cleansUp: boolean;
  readonly exitCode: number | null;
}

function endsIn(effects: readonly Effect[]): Told {
  let [isClosed, cleansUp, exitCode]: [boolean, boolean, number | null] = [false, false, null];
  const modes: string[] = [];
  for (const effect of effects) {
    if (effect.type === 'closeChannel') modes.push(effect.mode);
    else if (effect.type === 'phase') isClosed ||= effect.phase === 'closed';
    else if (effect.type === 'cleanUp') cleansUp = true;
    else if (effect.type === 'exit') exitCode = effect.code;
  }
  return { modes, isClosed, cleansUp, exitCode };
}

function quiet({ modes, isClosed, cleansUp, exitCode }: Told, who: string): Turned {
  if (modes.length > 0 || isClosed || cleansUp || exitCode !== null) violate(`${who} ends once more`);
  return 'no';
}

/** The first cause stays, and is what is told. */
function checkCause(effects: readonly Effect[], cause: Why | null): void {
  for (const effect of effects) {
    if (effect.type === 'phase' && (effect.why ?? null) !== cause) {
      violate(`the phase ${effect.phase} is put down to ${effect.why ?? 'nothing'}, not to ${cause}`);
    }
    if (effect.type === 'cleanUp' && effect.why !== cause)
      violate(`the clean-up is put down to ${effect.why}, not to ${cause}`);
  }
}
