import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { type Child, type Over, startChild } from '@mcp-lifeline/adapter-stdio/child';
import { createLineReader, type Line } from '@mcp-lifeline/adapter-stdio/framing';
import type { ProcessConfig } from '@mcp-lifeline/core/process';
import {
  createRecorder,
  isJsonObject,
  type Json,
  type JsonObject,
  type Recorder,
  type Redactor,
  type Taps,
  type Trace,
  type TraceEvent,
  type TraceHeader,
  tapsAt,
} from '@mcp-lifeline/trace';
import { type Exchange, Exchanges, requestMessage } from './exchanges.js';
import { Fate } from './fate.js';
import { type LagMeter, startLagMeter } from './lag.js';
import { usageOf, usedBetween } from './load.js';
import { Replies } from './replies.js';
import { type Reply, replyAsClient } from './responder.js';
import { createStderrLog, type StderrLog } from './stderr-log.js';
import { killSurvivors, MARK_VARIABLE, surveyFor } from './survey.js';
import { type Waited, Waits } from './waits.js';
import { wantsOf } from './wants.js';

/** What a raw peer is started from. */
export interface RawPeerOptions {
  readonly command: readonly [program: string, ...args: string[]];
  readonly cwd?: string;
  /** The environment of the server, whole. */
  readonly env: NodeJS.ProcessEnv;
  readonly header: TraceHeader;
  readonly redactor: Redactor;
  /** The budgets of the closing ladder, in ms. */
  readonly ladder: ProcessConfig;
  /** How long what it leaves behind may take to go, in ms; by default whatever is still there is found at once. */
  readonly lingerMs?: number;
  /** How many events one run may take in: what comes beyond them ends it. 50,000 when left out. */
  readonly maxEvents?: number;
  /** Answers the server's requests; null leaves them all unanswered. */
  readonly reply?: ((method: string, params: Json | undefined) => Reply | null) | null;
  /** Interrupts the run: the process is killed at once and the trace ends with `cut`. */
  readonly signal?: AbortSignal;
}

/** Bounds on what one run may take in. */
const DEFAULT_MAX_EVENTS = 50_000;
const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;
/** Between two chunks, so that the server wakes up for the first: in ms. */
const CHUNK_PAUSE_MS = 2;

/**
 * A scripted client on one server process. It can say anything, legal or not, and records everything that crosses.
 *
 * It believes nothing: no state of a session lives here, only what was sent and what came back.
 */
export class RawPeer {
  /** Our answers to the server's requests. */
  readonly replies = new Replies((answers) => this.#write(answers));
  readonly #options: RawPeerOptions;
  readonly #recorder: Recorder;
  readonly #taps: Taps;
  readonly #lag: LagMeter;
  readonly #waits: Waits;
  readonly #stderr: StderrLog;
  readonly #mark = randomUUID();
  readonly #child: Child;
  readonly #exchanges = new Exchanges();
  readonly #fate: Fate;
  #outputBytes = 0;
  #limited = false;
  #serverRequests = 0;
  #serverCancels = 0;

  constructor(options: RawPeerOptions) {
    this.#options = options;
    this.#recorder = createRecorder({
      header: options.header,
      now: () => performance.now(),
      redactor: options.redactor,
    });
    this.#taps = tapsAt('client', this.#recorder);
    this.#fate = new Fate(this.#taps);
    this.#lag = startLagMeter((ms) => this.#taps.process({ kind: 'lag', ms }));
    this.#waits = new Waits(this.#taps, this.#lag);
    this.#stderr = createStderrLog(options.redactor, (text, bytes) => {
      this.#taps.process({ kind: 'stderr', text, bytes });
    });
    const lines = createLineReader((line) => this.#received(line));
    const [command, ...args] = options.command;
    this.#child = startChild({
      command,
      args,
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      env: { ...options.env, [MARK_VARIABLE]: this.#mark },
      config: options.ladder,
      onOutput: (chunk) => {
        this.#outputBytes += chunk.length;
        lines.push(chunk);
        if (this.#outputBytes > MAX_OUTPUT_BYTES) this.#limit(`more than ${MAX_OUTPUT_BYTES} bytes of output`);
        this.#waits.look();
      },
      onStderr: (chunk) => this.#stderr.push(chunk),
      onEvent: (event) => {
        if (event.type === 'outputEnded' || event.type === 'over') lines.end();
        this.#fate.see(event);
        this.#waits.look();
      },
    });
    options.signal?.addEventListener('abort', this.#interrupt, { once: true });
    if (options.signal?.aborted === true) this.#interrupt();
  }

  /** The taps of this end, for notes of the script's own. */
  get taps(): Taps {
    return this.#taps;
  }

  /** What was recorded so far, for scripts whose next step depends on it. */
  get events(): readonly TraceEvent[] {
    return this.#recorder.trace.events;
  }

  /** Why the program could not be started, if it could not. */
  get spawnError(): { readonly code: string; readonly message: string } | null {
    return this.#fate.spawnError;
  }

  /** How the process ended, once it did. */
  get ended(): Over | null {
    return this.#fate.over;
  }

  /** No more output can come. */
  get isGone(): boolean {
    return this.#fate.isGone;
  }

  /** The end of what it wrote to stderr, secrets replaced. */
  get stderrTail(): string {
    return this.#stderr.tail();
  }

  /** Bytes of standard output so far. */
  get outputBytes(): number {
    return this.#outputBytes;
  }

  /** How many requests of its own the server has sent. */
  get serverRequests(): number {
    return this.#serverRequests;
  }

  /** How many requests of its own the server has cancelled. */
  get serverCancels(): number {
    return this.#serverCancels;
  }

  /** Sends one message, or several in one write; where its input is closed, that is recorded as absent instead. */
  send(...messages: readonly Json[]): void {
    if (!this.#write(messages)) this.absent('alive', 'its input was closed before the message could be sent');
  }

  /** Writes a line that is no JSON text. */
  sendText(text: string): void {
    if (this.#child.write(`${text}\n`)) {
      this.#taps.wire({ kind: 'sentRaw', text, bytes: Buffer.byteLength(text) });
    } else this.absent('alive', 'its input was closed before the text could be sent');
  }

  /**
   * Sends messages in the given chunks, which hold all of their bytes, newlines included: each in a write of its own, and
   * some time apart. The trace names the way they are written by `how`.
   */
  async sendFramed(how: string, messages: readonly Json[], chunks: readonly Uint8Array[]): Promise<void> {
    this.#taps.note({ kind: 'framed', how });
    this.replies.hold();
    for (const [index, chunk] of chunks.entries()) {
      if (index > 0) await pause(CHUNK_PAUSE_MS);
      if (!this.#child.write(chunk)) {
        this.absent('alive', 'its input was closed before the message was written');
        break;
      }
      if (index === 0) for (const message of messages) this.#sent(message, JSON.stringify(message));
    }
    this.#taps.note({ kind: 'framed', how: 'plain' });
    this.replies.release();
  }

  /** Sends a request and gives back its exchange at once. */
  request(method: string, params?: JsonObject, id?: string | number): Exchange {
    const exchange = this.prepare(method, id);
    this.send(requestMessage(exchange, params));
    return exchange;
  }

  /** Registers a request that the script sends itself, joined with other messages. */
  prepare(method: string, id?: string | number): Exchange {
    return this.#exchanges.open(method, id);
  }

  /** Sends a notification. */
  notify(method: string, params?: JsonObject): void {
    this.send({ jsonrpc: '2.0', method, ...(params === undefined ? {} : { params }) });
  }

  /** Waits for the answer to a request. */
  answered(exchange: Exchange, forMs: number): Promise<Waited> {
    return this.until(() => exchange.answer !== null, forMs, `the answer to ${exchange.method}`);
  }

  /** Waits until something holds: see {@link Waits.until}. */
  until(condition: () => boolean, forMs: number, what: string, goneWhen = () => this.isGone): Promise<Waited> {
    return this.#waits.until({ condition, goneWhen, forMs, what });
  }

  /** Lets time pass on purpose, so that the server may show what it does unasked; ends early when it is gone. */
  hold(what: string, forMs: number): Promise<void> {
    return this.#waits.hold({ goneWhen: () => this.isGone, forMs, what });
  }

  /** Records that something a check needs is not to be had in this run. */
  absent(need: string, why: string): void {
    this.#taps.note({ kind: 'absent', need, why });
  }

  /** Closes the server's input, and nothing else. */
  endInput(): void {
    this.#child.endInput();
  }

  /** Stops reading what the server writes, so that its writing fails. */
  closeOutput(): void {
    if (!this.#child.closeOutput()) this.absent('alive', 'its output had ended already');
  }

  /**
   * Reads nothing of what the server writes for so long, in ms, so that it fills the pipe. What comes later because of that
   * is late by our doing, and is recorded as such.
   */
  async stopReading(forMs: number): Promise<void> {
    if (!this.#child.pauseOutput()) return;
    const startedAt = performance.now();
    await this.#waits.hold({ goneWhen: () => this.#fate.hasExited, forMs, what: 'reading' });
    this.#taps.process({ kind: 'lag', ms: Math.round(performance.now() - startedAt) });
    this.#child.resumeOutput();
  }

  /**
   * Measures for so long how much processor time its process group uses.
   * @returns the share of one processor; null when it exited meanwhile, or nobody can tell
   */
  async measureLoad(forMs: number): Promise<number | null> {
    const group = this.#child.pid ?? 0;
    const before = usageOf(group);
    const startedAt = performance.now();
    const hasExited = () => this.#fate.hasExited;
    if (!hasExited()) await this.#waits.hold({ goneWhen: hasExited, forMs, what: 'a measurement' });
    if (hasExited()) return null;
    const after = usageOf(group);
    const ms = performance.now() - startedAt;
    if (before === null || after === null) {
      this.absent('processTable', NO_TABLE);
      return null;
    }
    const cpuMs = usedBetween(before, after);
    this.#taps.process({ kind: 'load', cpuMs, ms });
    return cpuMs / ms;
  }

  /** Sends a signal to the server's process group, outside the closing ladder. */
  signal(signal: 'SIGTERM' | 'SIGKILL'): void {
    if (this.#child.signal(signal)) this.#taps.process({ kind: 'signalled', signal, by: 'scenario' });
  }

  /** Waits until the process is over. */
  exited(forMs: number, what: string): Promise<Waited> {
    return this.until(
      () => this.#fate.hasExited,
      forMs,
      what,
      () => this.#fate.over !== null,
    );
  }

  /** Leads the process out by the closing ladder, sees to it that nothing of it is left, and ends the trace. */
  async finish(how: 'close' | 'kill' = 'close'): Promise<Trace> {
    if (how === 'kill') this.#child.kill();
    else if (this.#fate.over === null) this.#child.close();
    const over = await this.#child.over;
    if (over.how !== 'neverStarted') await this.#survey(over);
    this.#stderr.end();
    this.#lag.stop();
    this.#options.signal?.removeEventListener('abort', this.#interrupt);
    for (const { need, why } of wantsOf(this.#recorder.trace.events)) this.absent(need, why);
    const cut = this.#options.signal?.aborted === true;
    const whole = over.how === 'neverStarted' || (over.how === 'reaped' && this.#fate.isReadToTheEnd && !this.#limited);
    return this.#recorder.end(cut ? 'cut' : whole ? 'quiet' : 'limit');
  }

  readonly #interrupt = (): void => this.#child.kill();

  async #survey(over: Over): Promise<void> {
    // Once its members are gone, the id of the group may be a stranger's.
    const group = over.how === 'abandoned' ? this.#child.pid : undefined;
    const survivors = await surveyFor(this.#options.lingerMs ?? 0, this.#mark, group);
    if (survivors === null) {
      this.absent('processTable', NO_TABLE);
      return;
    }
    this.#taps.process({ kind: 'survey', survivors });
    killSurvivors(survivors);
  }

  #write(messages: readonly Json[]): boolean {
    const lines = messages.map((message) => JSON.stringify(message));
    if (!this.#child.write(`${lines.join('\n')}\n`)) return false;
    lines.forEach((line, index) => {
      this.#sent(messages[index] ?? null, line);
    });
    return true;
  }

  #sent(message: Json, line: string): void {
    this.#taps.wire({ kind: 'sent', message, bytes: Buffer.byteLength(line) });
  }

  #limit(why: string): void {
    if (this.#limited) return;
    this.#limited = true;
    this.absent('wholeRun', why);
    this.#child.kill();
  }

  #received(line: Line): void {
    // What still comes until the kill takes effect is part of no run.
    if (this.#limited) return;
    if (line.kind === 'garbled') {
      this.#taps.wire({ kind: 'garbled', why: line.why, text: line.text, bytes: line.bytes });
      if (line.why === 'tooLong') this.#limit(`a line of ${line.bytes} bytes or more, which is too long or too deep`);
    } else {
      const message = line.json as Json;
      this.#taps.wire({ kind: 'received', message, bytes: line.bytes });
      for (const one of Array.isArray(message) ? (message as readonly Json[]) : [message]) this.#take(one);
    }
    this.#boundEvents();
    this.#waits.look();
  }

  #take(message: Json): void {
    // Each of a batch's requests is an answer, and so an event.
    if (this.#limited || !isJsonObject(message)) return;
    const { id, method } = message;
    if (typeof method !== 'string') {
      this.#exchanges.settle(message);
      return;
    }
    if (id === undefined && method === 'notifications/cancelled') this.#serverCancels += 1;
    if (id === undefined || id === null) return;
    this.#serverRequests += 1;
    const reply = this.#options.reply === null ? null : (this.#options.reply ?? replyAsClient)(method, message.params);
    if (reply !== null) this.replies.send({ jsonrpc: '2.0', id, ...reply });
    this.#boundEvents();
  }

  #boundEvents(): void {
    const { maxEvents = DEFAULT_MAX_EVENTS } = this.#options;
    if (this.#recorder.trace.events.length > maxEvents) this.#limit(`more than ${maxEvents} events`);
  }
}

const NO_TABLE = 'the process table of this machine cannot be read';
