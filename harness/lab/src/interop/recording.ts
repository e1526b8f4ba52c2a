import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { ChildEvent, Over } from '@mcp-lifeline/adapter-stdio';
import { type LagMeter, MARK_VARIABLE, startLagMeter, surveyFor } from '@mcp-lifeline/peer';
import {
  type AppData,
  createRecorder,
  type EventData,
  type Recorder,
  type Survivor,
  TRACE_FORMAT,
  type Trace,
  type WireData,
} from '@mcp-lifeline/trace';
import { processData } from './process-data.js';

/** How long what a server leaves behind may take to go, in ms. */
const LINGER_MS = 500;
/** What comes beyond so many events is not recorded: the trace ends with `limit`. */
const MAX_EVENTS = 10_000;

/** A trace in the making of one session with a server process, with taps on all planes at the client's end. */
export class Recording {
  /** Added to the environment of the server, so that what it starts is found, wherever it went. */
  readonly env: Readonly<Record<string, string>>;
  readonly #mark = randomUUID();
  readonly #recorder: Recorder;
  readonly #lag: LagMeter;
  #pid: number | undefined;
  #over: Over | undefined;

  constructor(command: readonly string[], revision: string | null, scenario: string) {
    this.env = { [MARK_VARIABLE]: this.#mark };
    this.#recorder = createRecorder({
      header: {
        trace: TRACE_FORMAT,
        tool: { name: 'mcp-lifeline-interop', version: '0.1.0' },
        target: { transport: 'stdio', command },
        scenario,
        revision,
        clock: { unit: 'ms', startedAt: new Date().toISOString() },
      },
      now: () => performance.now(),
    });
    this.#lag = startLagMeter((ms) => this.#record({ plane: 'process', kind: 'lag', ms }));
  }

  wire(data: WireData): void {
    this.#record({ plane: 'wire', ...data });
  }

  app(data: AppData): void {
    this.#record({ plane: 'app', ...data });
  }

  process(event: ChildEvent): void {
    if (event.type === 'spawned') this.#pid = event.pid;
    if (event.type === 'over') this.#over = event.over;
    const data = processData(event);
    if (data !== null) this.#record({ plane: 'process', ...data });
  }

  /** A signal that somebody else sent through us. */
  passedOn(signal: 'SIGTERM' | 'SIGKILL'): void {
    this.#record({ plane: 'process', kind: 'signalled', signal, by: 'scenario' });
  }

  /** Looks for what is left of the server, and ends the trace. */
  async end(): Promise<{ readonly trace: Trace; readonly survivors: readonly Survivor[] }> {
    const survivors = await surveyFor(LINGER_MS, this.#mark, this.#group);
    this.#lag.stop();
    if (survivors === null) {
      const why = 'the process table of this machine cannot be read';
      this.#record({ plane: 'note', kind: 'absent', need: 'processTable', why });
    } else this.#record({ plane: 'process', kind: 'survey', survivors });
    return { trace: this.#recorder.end(this.#isFull ? 'limit' : 'quiet'), survivors: survivors ?? [] };
  }

  #record(data: EventData): void {
    if (!this.#isFull) this.#recorder.record('client', data);
  }

  get #isFull(): boolean {
    return this.#recorder.trace.events.length >= MAX_EVENTS;
  }

  /** Once its members are gone, the id of the group may be a stranger's. */
  get #group(): number | undefined {
    return this.#over === undefined || this.#over.how === 'abandoned' ? this.#pid : undefined;
  }
}
