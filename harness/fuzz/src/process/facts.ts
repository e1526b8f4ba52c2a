import { NEW_SESSION, type Session, seeSession } from '@mcp-lifeline/specs';
import { isJsonObject, type Json, type TraceEvent } from '@mcp-lifeline/trace';
import { DUE_ANSWERS } from './player.js';

/** What a run shows about what may be concluded from it; each number is the `seq` of an event. */
export interface Facts {
  readonly session: Session;
  /** The ids of ours that were cancelled, by type and value. */
  readonly cancelled: ReadonlySet<string>;
  /** When we first did what a client must not do, or what the text leaves open, and what that was. */
  readonly liberties: ReadonlyMap<Liberty, number>;
  /** Waits for what was due that ran out; none in which we were late ourselves. */
  readonly inVain: readonly number[];
  /** A batch was sent: an error without an id may be the answer to it. */
  readonly hasBatch: boolean;
  /** Requests of ours, by the `seq` of what carried them, with their keys and methods. */
  readonly asked: readonly { readonly seq: number; readonly key: string; readonly method: string }[];
}

/**
 * What a client must not do, or what may be read in more than one way:
 *
 * - `garbage`: a line that is no message
 * - `strayResponse`: a response to no request
 * - `pingFirst`: a ping before `initialize`
 * - `earlyRequest`: a request other than ping before `initialized`
 * - `idleCancel`: the cancellation of what is not open
 */
export type Liberty = 'garbage' | 'strayResponse' | 'pingFirst' | 'earlyRequest' | 'idleCancel';

/** Reads them from a trace. */
export function factsOf(events: readonly TraceEvent[]): Facts {
  const reader = new Reader();
  for (const event of events) reader.see(event);
  return reader.facts;
}

class Reader {
  readonly #cancelled = new Set<string>();
  readonly #liberties = new Map<Liberty, number>();
  readonly #inVain: number[] = [];
  readonly #asked: { seq: number; key: string; method: string }[] = [];
  #hasBatch = false;
  #session: Session = NEW_SESSION;

  get facts(): Facts {
    return {
      session: this.#session,
      cancelled: this.#cancelled,
      liberties: this.#liberties,
      inVain: this.#inVain,
      hasBatch: this.#hasBatch,
      asked: this.#asked,
    };
  }

  see(event: TraceEvent): void {
    const before = this.#session;
    this.#session = seeSession(before, event);
    if (event.plane === 'wire' && event.kind === 'sentRaw') this.#took('garbage', event.seq);
    if (event.plane === 'wire' && event.kind === 'sent') {
      const isBatch = Array.isArray(event.message);
      this.#hasBatch ||= isBatch;
      const messages = isBatch ? (event.message as readonly Json[]) : [event.message];
      for (const message of messages) this.#sent(message, before, event.seq);
    }
    if (this.#session.strayResponseAt !== null) this.#took('strayResponse', this.#session.strayResponseAt);
    const isWait = event.plane === 'note' && event.kind === 'waited' && event.for === DUE_ANSWERS;
    if (isWait && event.lagMs * 2 <= event.ms) this.#inVain.push(event.seq);
  }

  #sent(message: Json, before: Session, seq: number): void {
    if (!isJsonObject(message) || typeof message.method !== 'string') return;
    const { id, method, params } = message;
    if (id !== undefined) {
      this.#asked.push({ seq, key: JSON.stringify(id), method });
      if (method === 'ping' && before.initializeAt === null) this.#took('pingFirst', seq);
      const isEarly = before.initializedAt === null && method !== 'ping' && method !== 'initialize';
      if (isEarly) this.#took('earlyRequest', seq);
      return;
    }
    if (method !== 'notifications/cancelled' || !isJsonObject(params)) return;
    const key = JSON.stringify(params.requestId ?? null);
    this.#cancelled.add(key);
    // Those of one event are sent together: what stands before it in the same write is open.
    if (!this.#session.pending.some((open) => open.key === key)) this.#took('idleCancel', seq);
  }

  #took(liberty: Liberty, seq: number): void {
    if (!this.#liberties.has(liberty)) this.#liberties.set(liberty, seq);
  }
}
