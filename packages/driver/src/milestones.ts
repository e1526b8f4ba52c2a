import type { Fault, Peer, Phase, Why } from '@mcp-lifeline/core';
import { ConnectError } from './errors.js';
import type { Closed } from './session.js';
import { handled } from './ticket.js';

/** How far a session has come, and the promises about it. None of them has to be awaited. */
export class Milestones {
  /** Resolves when the handshake is complete; rejects with a {@link ConnectError} when it never will be. */
  readonly ready: Promise<Peer>;
  /** Resolves when the session is over. */
  readonly closed: Promise<Closed>;
  #becomeReady: (peer: Peer) => void = ignore;
  #failToStart: (error: ConnectError) => void = ignore;
  #becomeClosed: (closed: Closed) => void = ignore;
  #phase: Phase = 'opening';
  #why: Why | undefined = undefined;
  /** What was wrong with the handshake. */
  #refusal: string | undefined = undefined;
  #hasClosed = false;

  constructor() {
    this.ready = new Promise((resolve, reject) => {
      this.#becomeReady = resolve;
      this.#failToStart = reject;
    });
    handled(this.ready);
    this.closed = new Promise((resolve) => {
      this.#becomeClosed = resolve;
    });
  }

  get phase(): Phase {
    return this.#phase;
  }

  /** Why it ends; undefined while it does not. */
  get why(): Why | undefined {
    return this.#why;
  }

  /** Whether nothing but `end` is left. */
  get isOver(): boolean {
    return this.#phase === 'closed' && !this.#hasClosed;
  }

  /** The cause is told before the effects that it brings about: they are explained by it. */
  foresee(why: Why | undefined): void {
    this.#why ??= why;
  }

  note(fault: Fault): void {
    if (fault.code !== 'refusedInitialize' && fault.code !== 'unsupportedRevision') return;
    this.#refusal = `expected ${fault.expected}, got ${fault.got}`;
  }

  enter(phase: Phase, peer: Peer | null, detail: string | undefined): void {
    this.#phase = phase;
    if (phase === 'ready' && peer !== null) this.#becomeReady(peer);
    else if (phase === 'closing' || phase === 'closed') {
      // Once it is ready, this changes nothing.
      this.#failToStart(new ConnectError(this.#why ?? 'asked', this.#refusal ?? detail, this.closed));
    }
  }

  end(detail: string | undefined): Closed {
    this.#hasClosed = true;
    const why = this.#why ?? 'asked';
    const closed = detail === undefined ? { why } : { why, detail };
    this.#becomeClosed(closed);
    return closed;
  }
}

function ignore(): void {}
