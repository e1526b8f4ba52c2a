import type { Json } from '@mcp-lifeline/core';
import {
  NOTHING_TAPPED,
  observeOpening,
  observeProcess,
  observeSession,
  observeSurvey,
  type Stamping,
  stampedBy,
  type Tapped,
} from '@mcp-lifeline/explore/observe';
import type { EventData, TraceEvent } from '@mcp-lifeline/trace';
import type { Side } from './case.js';
import type { HostStep } from './host.js';
import type { PlayedStep } from './player.js';
import type { Audience, Session, Stage } from './stage.js';

/** Records one session as taps would have: the client's, or else the server's, and those of both applications. */
export class TraceRecorder implements Audience {
  readonly events: TraceEvent[] = [];
  readonly #session: Session;
  readonly #stamp: Stamping;
  readonly #tapped: { [S in Side]: Tapped } = { client: NOTHING_TAPPED, server: NOTHING_TAPPED };
  /** A server whose peer is no core: what a tap at its client would see is told from what it sees itself. */
  readonly #mirrors: boolean;
  readonly #ended: (events: readonly TraceEvent[]) => void;

  /** @param ended is given the whole trace once the session is over. */
  constructor(stage: Stage, session: Session, ended: (events: readonly TraceEvent[]) => void) {
    let latest = 0;
    this.#stamp = stampedBy(() => {
      // The clock may go back; a trace never does.
      latest = Math.max(latest, stage.now);
      return latest;
    });
    this.#session = session;
    this.#ended = ended;
    this.#mirrors = session.player('client') === undefined;
    for (const { config } of session.players) this.events.push(...observeOpening(config, this.#stamp));
  }

  stepped({ side, input, effects }: PlayedStep): void {
    const [tapped, events] = observeSession(side, this.#tapped[side], input, effects, this.#stamp);
    this.#tapped[side] = tapped;
    this.events.push(...events.filter((event) => this.#crosses(side, event)));
    if (!this.#mirrors) return;
    for (const effect of effects) {
      if (effect.type === 'send') this.#note({ plane: 'wire', kind: 'received', message: effect.message, bytes: 0 });
      if (effect.type === 'exit') this.#note({ plane: 'process', kind: 'exited', code: effect.code, signal: null });
    }
  }

  hostStepped({ input, effects }: HostStep): void {
    this.events.push(...observeProcess(input, effects, this.#stamp));
  }

  said(value: unknown): void {
    if (this.#mirrors) this.#note({ plane: 'wire', kind: 'sent', message: value as Json, bytes: 0 });
  }

  saidText(text: string, bytes: number): void {
    if (this.#mirrors) this.#note({ plane: 'wire', kind: 'sentRaw', text, bytes });
  }

  saidEnd(): void {
    if (this.#mirrors) this.#note({ plane: 'process', kind: 'inputEnded' });
  }

  ended(): void {
    const isReaped = this.#session.host?.isGroupGone === true;
    if (isReaped) this.events.push(...observeSurvey([], this.#stamp));
    this.#note({ plane: 'note', kind: 'end', why: 'quiet' });
    this.#ended(this.events);
  }

  /** Between two cores the client's tap is enough. What is sent to a process whose input has ended reaches no wire. */
  #crosses(side: Side, { plane, kind }: TraceEvent): boolean {
    const { host, players } = this.#session;
    if (plane !== 'wire' || players.length < 2) return true;
    return side === 'client' && !(kind === 'sent' && host !== null && this.#session.player(side)?.hasEnded === true);
  }

  #note(data: EventData): void {
    this.events.push({ ...this.#stamp(), at: 'client', ...data });
  }
}
